"""`inro`, the operator's command."""
