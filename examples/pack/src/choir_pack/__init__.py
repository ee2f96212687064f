"""Questions, a flow and a rule for choirs."""
