"""The installation file and the policy folder as frozen, validated objects."""
