Feature: Newcomers, late comers and bystanders
  All devices of a new user may send their first requests at the same moment. Others come late, when the first has
  given up waiting. Whatever one user does, the work of others goes on.

  @LR-2 @both-databases
  Rule: Many first requests at once may be the first ones that the server gets from this person

    Scenario: nobody is known yet
      Given the switch DEV_AUTH_BYPASS is set to "1"
      When Ada asks for the current return 20 times at once
      Then all 20 requests are answered with the same return
      And 1 welcome ran for Ada
      And Ada has returns for 12 consecutive months
      And nothing else was changed

  @LR-3 @target.process
  Rule: A second batch gets the same return and generates nothing, also from a server that was started again

    Scenario: the server is started again in between
      Given Ada has a natal chart
      And Ada asks for the current return
      And the server is started again
      When Ada asks for the current return
      Then Ada is answered with the same return as before
      And 1 generation ran for Ada
      And nothing else was changed

  @LR-4 @both-databases @target.process
  Rule: A request that arrives during a generation waits for its end, even if others have given up

    @cost.seconds
    Scenario: the first one gives up, a second one waits on
      Given the switch LUNAR_RETURNS_WAIT_S is set to "2"
      And Ada has a natal chart
      And each generation takes 3000 ms longer
      And Ada tries to ask for the current return
      When Ada tries to ask for the current return
      Then Ada is answered with a return that has begun
      And 1 generation ran for Ada
      And nothing else was changed

    @cost.minute
    Scenario: more requests wait than the server has connections
      Given Ada has a natal chart
      And Grace has a natal chart
      And 90 requests of Ada wait for a generation of 4000 ms
      When Grace asks for the current return
      Then Grace is answered before Ada's generation ends
      And all 90 requests are answered with the same return
      And 1 generation ran for Ada
      And 1 generation ran for Grace

  @LR-5 @both-databases @target.inprocess
  Rule: A calculation that fails does not disturb somebody else's

    @cost.seconds
    Scenario: somebody else's calculation outlasts it
      Given the next calculation fails after 1 second
      And Ada has a natal chart
      And Grace has a natal chart
      And a request of Ada generates
      And each generation takes 2000 ms longer
      When Grace tries to ask for the current return
      Then Grace is answered with a return that has begun
      And the request of Ada is refused because the calculation failed

  @LR-7 @both-databases
  Rule: A purge deletes the caller's returns only, and stops nobody else's generation

    Scenario: somebody else's generation is under way
      Given Ada has a natal chart
      And Grace has a natal chart
      And each generation takes 500 ms longer
      And a request of Grace generates
      When Ada purges the returns
      Then the request of Grace is answered
      And Grace has returns for 12 consecutive months
      And nothing else was changed

    Scenario: there is nothing to purge
      Given Ada has a natal chart
      And Grace has a natal chart
      And Grace asks for the current return
      When Ada purges the returns
      Then Ada is answered with 0 returns deleted and 0 left
      And nothing else was changed
