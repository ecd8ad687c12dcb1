"""A profile of each kind of user, for tests: `--class-picker` is not needed, users are chosen by name."""

from locust import FastHttpUser, constant, task

from load.engine.open_model import OpenModelUser
from load.engine.registering import verdicts


class Closed(FastHttpUser):
    @task
    def ask(self) -> None:
        self.client.get("/slow/20/60", name="/slow")


class Quick(FastHttpUser):
    @task
    def ask(self) -> None:
        self.client.get("/quick", name="/quick")


class Mistaken(FastHttpUser):
    wait_time = constant(0.02)

    @task
    def status(self) -> None:
        self.client.get("/status/503", name="/status")
        with self.client.get("/wrong", name="/wrong", catch_response=True) as response:
            if response.text != "right":
                response.failure("wrong")
        self.client.get("/cut", name="/cut")


class Open(OpenModelUser):
    arrivals_per_second = 50

    @task
    def ask(self) -> None:
        self.client.get("/quick", name="/quick")


class Starved(OpenModelUser):
    arrivals_per_second = 30_000

    @task
    def ask(self) -> None:
        self.client.get("/quick", name="/quick")


verdicts("stub")
