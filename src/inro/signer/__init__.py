"""The only daily process logged in to the CA key."""
