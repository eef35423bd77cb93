"""inro: the platform on which an accredited certification authority runs its service."""
