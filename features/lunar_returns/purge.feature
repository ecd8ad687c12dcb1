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
      Then Ada is told that 12 returns were deleted and 0 are left
      And Ada has returns for 0 consecutive months
      And Grace has returns for 12 consecutive months

    Scenario: a purge overtakes a generation
      Given Ada has a natal chart
      And each generation takes 500 ms longer
      And a request of Ada generates
      When Ada purges the returns
      Then the request of Ada is told to ask again
      And Ada has returns for 0 consecutive months

  @LR-7 @both-databases
  Rule: A purge exists only where it is allowed

    Scenario Outline: a purge in <environment>, allowed: <allowed>
      Given a server whose environment is "<environment>"
      And purging is switched <allowed>
      And Ada has a natal chart
      And Ada asks for the current return
      When Ada tries to purge the returns
      Then Ada is told "There is nothing here"
      And Ada has returns for 12 consecutive months

      Examples:
        | environment | allowed |
        | production  | off     |
        | staging     | off     |
        | development | off     |
