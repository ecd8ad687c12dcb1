Feature: Waiting for a generation
  An implementation in the field gave up after two seconds while the generation took three. Here a request waits for
  the end, and does not slow down anyone else meanwhile.

  @LR-4 @both-databases @target.process
  Rule: A request that arrives during a generation waits for its end

    Scenario: a generation of three seconds
      Given Ada has a natal chart
      And each generation takes 3000 ms longer
      When Ada asks for the current return 10 times at once
      Then all 10 requests are answered with the same return
      And the last of them is answered in less than 2 seconds of the generation's end
      And 1 generation ran for Ada
      And nothing else was changed

    Scenario: a wait that runs out
      Given the switch LUNAR_RETURNS_WAIT_S is set to "1"
      And Ada has a natal chart
      And each generation takes 1300 ms longer
      When Ada tries to ask for the current return
      Then Ada is refused with 503 "still being calculated"
      And Ada soon has returns for 12 consecutive months
      And 1 generation ran for Ada
      And nothing else was changed

  @LR-4 @both-databases @target.process @cost.minute
  Rule: Waiting requests do not slow down anyone else

    Scenario: a thousand requests wait while another person asks
      Given Ada has a natal chart
      And Grace has a natal chart
      And 1000 requests of Ada wait for a generation of 15000 ms
      When Grace asks for the current return
      Then Grace is answered before Ada's generation ends
      And all 1000 requests are answered with the same return
      And 1 generation ran for Ada
      And 1 generation ran for Grace
