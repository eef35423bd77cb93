"""The office's door and its staff: passkeys, sessions, appointments by two administrators (40(7))."""
