"""What a database can answer instead of doing what was asked, in errors that need no SQLAlchemy to be caught."""

from reference_app.errors import AppError


class Conflict(AppError):
    """A rule of the database forbids what was to be written, so nothing was written.

    A unique value is there already, or what a row refers to is gone. Which of them it was only the service can
    tell, which knows what it wrote.
    """
