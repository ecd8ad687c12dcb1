Feature: One return a month
  Two rows for one month contradict each other. The database itself forbids them, and the server refuses an old
  database that contains them.

  @LR-6 @both-databases
  Rule: No user ever has 2 returns for one month

    @target.process
    Scenario: after a hundred first requests at once
      Given a server with 2 worker processes
      And Ada has a natal chart
      When Ada asks for the current return 100 times at once
      Then neither of the two duplicate queries finds a row
      And the database forbids a second return for a month of Ada
      And Ada has returns for 12 consecutive months
      And nothing else was changed

  @LR-6 @both-databases @target.process
  Rule: A database with duplicates is refused

    @cost.seconds
    Scenario: a database from before the rule
      Given a database from before the rule, in which Ada has 2 returns for one month
      When a server is started
      Then it ends with exit code 64
      And it says "more than one row for 1 user-months"
      And nothing else was changed

    Scenario: the duplicates are listed
      Given a database from before the rule, in which Ada has 2 returns for one month
      When the operator runs "lunar-returns duplicates"
      Then it ends with exit code 1
      And it says "2024-01"
      And nothing else was changed

    Scenario: the duplicates are repaired
      Given a database from before the rule, in which Ada has 2 returns for one month
      When the operator runs "lunar-returns duplicates --repair"
      Then it ends with exit code 0
      And it says "2024-01"
      And only the newest of these returns is left
      And nothing else was changed
      And the server is well

    Scenario: a month that is there five times is repaired at once
      Given a database from before the rule, in which Ada has 5 returns for one month
      When the operator runs "lunar-returns duplicates --repair"
      Then it ends with exit code 0
      And it says "deleted 4 rows"
      And only the newest of these returns is left
      And nothing else was changed

    Scenario: a repaired database has no duplicates
      Given a database from before the rule, in which Ada has 3 returns for one month
      And the operator runs "lunar-returns duplicates --repair"
      When the operator runs "lunar-returns duplicates"
      Then it ends with exit code 0
      And it says "no duplicates"
      And only the newest of these returns is left
      And nothing else was changed
