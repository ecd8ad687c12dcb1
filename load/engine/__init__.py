"""What makes a verdict out of a locust run.

A profile is a plain locustfile that uses it so:

    from locust import FastHttpUser, task
    from load.engine.registering import verdicts

    class Reader(FastHttpUser):
        @task
        def read(self):
            self.client.get("/api/articles/7", name="/api/articles/:id")

    verdicts("articles")

- The last line hooks the run up to `[articles]` of `load/thresholds.toml`. A request is known by its method and
  name there: `[articles."GET /api/articles/:id"]`. `[articles."all requests"]` limits all of them together.
- Limits are written as features write them: `p50`, `p95`, `p99`, `mean` = "under 20 ms", `rate` =
  "at least 1000 /s", `failures` = "under 0.1 %" or "exactly 0" (which holds where nothing is said), `samples` =
  "at least 500". Each table names its `requirement`.
- A wrong answer is `response.failure("…")` in a `with self.client.get(…, catch_response=True)`: an error of the
  body. A status that is not the expected one is `response.failure(UnexpectedStatus(200, 201))` of
  `load.engine.errors`; 400 and above are errors of the status by themselves.
- `OpenModelUser` of `load.engine.open_model` starts its tasks at `arrivals_per_second`, whether or not the server
  has answered; one task is one arrival, and its first request is timed from when it should have left.
- What listeners of a profile ask for at locust's `test_start` and `test_stop` is not counted.
- Options: `--allow-load`, `--baseline FILE`, `--ruler RATE`, `--thresholds FILE`, `--load-out FOLDER`.
- Left in `reports/out/load/`: `<profile>.json`, `.hdr`, `.html`. The exit code is that of docs/exit-codes.md.

Modules that import locust or gevent are `registering`, `running` and `open_model`; all others are pure.
"""
