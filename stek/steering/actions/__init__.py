"""What changes in the steering room."""
