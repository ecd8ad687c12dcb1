"""The address of each account in its one form. Of twins the oldest has it; the others keep theirs, and sign in by it.

Users of the development bypass have no password, and any text in the place of an address: they stay as they are. A
version before this one finds an account by the form, too, so that going back has nothing to do.
"""

import sqlalchemy as sa
from alembic import op

from reference_app.addresses import is_address, one_form

revision = "0012_one_form_of_addresses"
down_revision = "0011_sign_ins"
branch_labels = None
depends_on = None

LENGTH_MAX = 254

users = sa.table("users", sa.column("id", sa.BigInteger), sa.column("email"), sa.column("password_hash"))


def upgrade() -> None:
    connection = op.get_bind()
    taken = set(connection.scalars(sa.select(users.c.email)))
    accounts = sa.select(users.c.id, users.c.email).where(users.c.password_hash != "").order_by(users.c.id)
    for user_id, email in connection.execute(accounts).all():
        form = one_form(email)
        if form in taken or not is_address(form) or len(form) > LENGTH_MAX:
            continue
        taken.add(form)
        connection.execute(sa.update(users).where(users.c.id == user_id).values(email=form))


def downgrade() -> None:
    pass
