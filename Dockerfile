# The server, and in the same image the vesting job. Built by compose.yaml.
FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install --yes --no-install-recommends cron \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --user-group app \
    && install --directory --mode=0700 --owner=app --group=app /var/lib/touchstone

WORKDIR /srv/touchstone
COPY requirements/server.txt requirements/accept.in requirements/
RUN pip install --no-cache-dir --require-hashes --requirement requirements/server.txt
COPY pyproject.toml README.md LICENSE ./
COPY reference_app reference_app
COPY deploy deploy
RUN pip install --no-cache-dir --no-deps --no-build-isolation .

ENV DATA_DIR=/var/lib/touchstone
USER app
CMD ["reference-app", "serve", "--host", "0.0.0.0"]
