"""What people and CI read of a run: the page, the JUnit files and the summary, all made from `results.json`.

It never runs a scenario and never imports the harness or the server, so a report can be built anywhere.
"""
