Feature: When a generation fails
  Calculations fail, processes die and machines stall. Whatever happens, nobody sees half a year of returns, the lock
  is released, and the next request is served.

  @LR-5 @both-databases @target.inprocess
  Rule: When the calculation fails, those who wait share the failure and the next request tries again

    Scenario: five requests wait for a calculation that fails
      Given the next calculation fails after 1 second
      And Ada has a natal chart
      When Ada asks for the current return 5 times at once
      Then all 5 requests are refused with 503 "The returns could not be calculated"
      And 1 calculation ran for Ada
      And Ada has returns for 0 consecutive months
      And nothing else was changed

    @cost.seconds
    Scenario: the next request tries again
      Given the next calculation fails after 0 seconds
      And Ada has a natal chart
      And Ada tries to ask for the current return
      When Ada tries to ask for the current return
      Then Ada is answered with a return that has begun
      And Ada has returns for 12 consecutive months
      And 2 calculations ran for Ada
      And nothing else was changed

  @LR-5 @both-databases @target.process
  Rule: When the process that generates dies or stalls, another takes over

    Scenario: the process is killed
      Given 2 servers that share a database
      And Ada has a natal chart
      And the first server generates for Ada, while 5 requests of Ada wait on the second
      When the first server is killed
      Then the second server takes over in less than 1 second
      And all 5 requests are answered with the same return
      And Ada has returns for 12 consecutive months
      And nothing else was changed

    @alone @cost.seconds
    Scenario: the process is frozen, and goes on too late
      Given 2 servers that share a database
      And Ada has a natal chart
      And the first server generates for Ada, while 5 requests of Ada wait on the second
      When the first server is frozen
      Then the second server takes over in less than 2 seconds
      And all 5 requests are answered with the same return
      When the first server goes on
      Then what it writes is refused, and the request of Ada gets that return too
      And Ada has returns for 12 consecutive months
      And nothing else was changed

    @alone @cost.seconds
    Scenario: somebody else writes while the process is frozen
      Given 2 servers that share a database
      And Ada has a natal chart
      And the first server generates for Ada, while 5 requests of Ada wait on the second
      When the first server is frozen
      Then the second server stores a natal chart of Grace in less than 2 seconds
      And all 5 requests are answered with the same return
      And Ada has returns for 12 consecutive months
      And nothing else was changed

    @alone @cost.seconds
    Scenario: somebody else generates while the process is frozen
      Given 2 servers that share a database
      And Ada has a natal chart
      And Grace has a natal chart
      And the first server generates for Ada, while 5 requests of Ada wait on the second
      When the first server is frozen
      And Grace tries to ask for the current return from the second server
      Then Grace is answered in less than 2 seconds
      And all 5 requests are answered with the same return

    @alone @cost.seconds
    Scenario: a server on which requests wait is frozen
      Given 2 servers that share a database
      And Ada has a natal chart
      And Grace has a natal chart
      And the first server generates for Ada, while 5 requests of Ada wait on the second
      When the second server is frozen
      And Grace tries to ask for the current return
      Then Grace is answered in less than 2 seconds
      And the request of Ada is answered
      When the second server goes on
      Then all 5 requests are answered with the same return
      And 1 generation ran for Ada
      And 1 generation ran for Grace
