Feature: Purging returns in development
  A tester starts over by removing their returns. It removes nobody else's, and it does not exist in production.

  @LR-7 @both-databases
  Rule: A purge deletes the caller's returns only

    Scenario: one of two people purges
      Given Ada has a natal chart
      And Grace has a natal chart
      And Ada asks for the current return
      And Grace asks for the current return
      When Ada purges the returns
      Then Ada is answered with 12 returns deleted and 0 left
      And Ada has returns for 0 consecutive months
      And Grace has returns for 12 consecutive months

    Scenario: other users keep each return as it was
      Given Ada has a natal chart
      And Grace has a natal chart
      And Ada asks for the current return
      And Grace asks for the current return
      When Ada purges the returns
      Then Ada has returns for 0 consecutive months
      And nothing else was changed

    Scenario: ten purges at once
      Given Ada has a natal chart
      And Grace has a natal chart
      And Ada asks for the current return
      And Grace asks for the current return
      When Ada sends a purge 10 times at once
      Then Ada is answered with 12 returns deleted in all, and 0 left
      And Ada has returns for 0 consecutive months
      And nothing else was changed

    Scenario: a purge overtakes a generation
      Given Ada has a natal chart
      And each generation takes 1500 ms longer
      And a request of Ada generates
      When Ada purges the returns
      Then the request of Ada is told to ask again
      And Ada has returns for 0 consecutive months
      And nothing else was changed

  @LR-7 @both-databases
  Rule: A purge exists only where it is allowed

    Scenario Outline: a purge in <environment>, its switch <allowed>
      Given a server whose environment is "<environment>"
      And the switch ALLOW_DEV_PURGE is <allowed>
      And Ada has a natal chart
      And Ada asks for the current return
      When Ada sends a purge
      Then Ada is refused with 404 "There is nothing here"
      And Ada has returns for 12 consecutive months
      And nothing else was changed

      Examples:
        | environment | allowed    |
        | production  | not set    |
        | staging     | not set    |
        | development | not set    |
        | development | set to "0" |
