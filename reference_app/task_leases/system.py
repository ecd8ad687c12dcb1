"""What work leases bring: the command `lease`, and a table. A server has nothing of them."""

from reference_app.system import Built, Context, System
from reference_app.task_leases import commands


def _build(_context: Context) -> Built:
    return Built()


TASK_LEASES = System(name="task_leases", build=_build, add_commands=commands.add)
