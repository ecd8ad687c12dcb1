"""The database: how it is reached and migrated, and the locks under which work is done once."""
