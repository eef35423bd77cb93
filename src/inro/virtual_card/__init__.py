"""The demonstration and test medium: an IC card in software that OpenSC takes for a real one (17.1, 19.5)."""
