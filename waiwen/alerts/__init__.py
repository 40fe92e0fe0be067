"""Alerts: what happened in a workspace, told by e-mail and webhook to those who asked (`sending.send_alerts`)."""
