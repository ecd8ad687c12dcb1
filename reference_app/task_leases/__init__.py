"""Work leases: who works on a task, taken, kept and given back from the command line (LI-17)."""
