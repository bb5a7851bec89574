"""Figures -> findings. The door is completed when all rooms stand."""
