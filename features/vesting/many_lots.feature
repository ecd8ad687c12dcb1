Feature: Many lots on one day
  After a campaign a hundred thousand lots mature on one day. The run of that night must end before the morning, on the
  same small machine.

  @VR-9 @both-databases
  Rule: A lot takes no longer among many, and a run needs no more memory for them

    @cost.seconds
    Scenario: four thousand lots
      Given 4000 mature lots of 100 people
      When a run releases them in the background
      Then it ends with exit code 0
      And each of the 4000 lots was released once
      And the last lots took at most 3 times as long as the first
      And the run took at most 24 MiB for them
      And nothing else was changed

    Scenario: more lots than a batch takes, over the network
      Given Grace has an administrator's account
      And 450 mature lots of 5 people
      When Grace sends a release
      Then the run reports
        | as of | currency | dry run | mature | executed | amount   | skipped | errors |
        | today | AED      | no      | 450    | 450      | 21027.00 | 0       | 0      |
      And each of the 450 lots was released once
      And nothing else was changed

    @cost.minute @timeout.300
    Scenario: a hundred thousand lots
      Given 4000 mature lots of 100 people
      And a run releases them in the background
      And 100000 mature lots of 1000 people
      When a run releases them in the background
      Then it ends with exit code 0
      And each of the 104000 lots was released once
      And the last lots took at most 3 times as long as the first
      And the run took at most 24 MiB for them

  @VR-9
  Rule: Somebody who runs it at a terminal sees how far it is

    @cost.seconds
    Scenario: a run at a terminal
      Given 1000 mature lots of 10 people
      When a run releases them at a terminal
      Then it ends with exit code 0
      And it says "released 800 lots"
      And it says "released 1000 lots"
      And each of the 1000 lots was released once
      And nothing else was changed
