Feature: Running again, and at the same time
  Cron may start a job twice, and an operator repeats what seems to have failed. A lot is still paid once.

  @VR-2 @both-databases
  Rule: A second run releases nothing that the first has released; it goes by the lot's state, not by the run's id

    Scenario Outline: a second run, <which>
      Given the vault has these lots
        | owner | vault  | amount   | released | currency | matures    | status |
        | Ada   | AVENIR | 10000.00 | 0.00     | AED      | 2025-01-27 | VESTED |
        | Grace | AVENIR | 20000.00 | 0.00     | AED      | 2025-01-20 | VESTED |
      And the operator runs "vesting-release --as-of 2025-01-27"
      When the operator runs "<command>"
      Then it ends with exit code 0
      And the run reports
        | as of | currency | dry run | mature | executed | amount | skipped | errors |
        | <day> | AED      | no      | 2      | 0        | 0.00   | 2       | 0      |
      And Ada has 10000.00 AED available and 0.00 AED locked
      And nothing else was changed

      Examples:
        | which            | command                                         | day        |
        | of the same day  | vesting-release --as-of 2025-01-27              | 2025-01-27 |
        | of the day after | vesting-release --as-of 2025-01-28              | 2025-01-28 |
        | lot by lot       | vesting-release --as-of 2025-01-27 --max-lots 1 | 2025-01-27 |

    Scenario: a lot that comes between two runs of one day
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-27 | VESTED |
      And the operator runs "vesting-release --as-of 2025-01-27"
      And the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 25.00  | 0.00     | AED      | 2025-01-27 | VESTED |
      When the operator runs "vesting-release --as-of 2025-01-27"
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | AED      | no      | 2      | 1        | 25.00  | 1       | 0      |
      And 1 release ran for Ada
      And Ada has 125.00 AED available and 0.00 AED locked
      And nothing else was changed

    Scenario: lots that another job has released, under no id of a run
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status   |
        | Ada   | AVENIR | 100.00 | 100.00   | AED      | 2025-01-27 | RELEASED |
        | Ada   | AVENIR | 200.00 | 200.00   | AED      | 2025-01-27 | VESTED   |
      When the operator runs "vesting-release --as-of 2025-01-27"
      Then it ends with exit code 0
      And the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | AED      | no      | 2      | 0        | 0.00   | 2       | 0      |
      And Ada has 300.00 AED available and 0.00 AED locked
      And nothing else was changed

    Scenario: the run after a command, over the network
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-27 | VESTED |
      And Grace has an administrator's account
      And the operator runs "vesting-release --as-of 2025-01-27"
      When Grace sends a release as of 2025-01-27
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | AED      | no      | 1      | 0        | 0.00   | 1       | 0      |
      And Ada has 100.00 AED available and 0.00 AED locked
      And nothing else was changed

  @VR-6 @both-databases
  Rule: Runs at the same time release each lot once, and all of them end

    Scenario Outline: <count> runs at once<how>
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 1.00   | 0.00     | AED      | 2025-01-21 | VESTED |
        | Grace | AVENIR | 2.00   | 0.00     | AED      | 2025-01-22 | VESTED |
        | Ada   | AVENIR | 4.00   | 0.00     | AED      | 2025-01-23 | VESTED |
        | Grace | AVENIR | 8.00   | 0.00     | AED      | 2025-01-24 | VESTED |
        | Ada   | AVENIR | 16.00  | 0.00     | AED      | 2025-01-25 | VESTED |
        | Ada   | AVENIR | 32.00  | 0.00     | AED      | 2025-01-26 | VESTED |
        | Grace | AVENIR | 64.00  | 0.00     | AED      | 2025-01-27 | VESTED |
        | Ada   | AVENIR | 500.00 | 0.00     | AED      | 2025-01-28 | VESTED |
        | Grace | AVENIR | 500.00 | 0.00     | AED      | 2025-01-28 | VESTED |
      When the operator runs "<command>" <count> times at once
      Then together the runs report
        | runs    | executed | amount | errors |
        | <count> | 7        | 127.00 | 0      |
      And 4 releases ran for Ada
      And 3 releases ran for Grace
      And the books balance
      And nothing else was changed

      Examples:
        | count | how          | command                                         |
        | 2     |              | vesting-release --as-of 2025-01-27              |
        | 2     | , lot by lot | vesting-release --as-of 2025-01-27 --max-lots 1 |
        | 10    |              | vesting-release --as-of 2025-01-27              |

    Scenario: an administrator's run, ten times at once
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 1.00   | 0.00     | AED      | 2025-01-25 | VESTED |
        | Ada   | AVENIR | 2.00   | 0.00     | AED      | 2025-01-26 | VESTED |
        | Ada   | AVENIR | 4.00   | 0.00     | AED      | 2025-01-27 | VESTED |
      And Grace has an administrator's account
      When Grace sends a release as of 2025-01-27 10 times at once
      Then all 10 of them are granted
      And 3 releases ran for Ada
      And Ada has 7.00 AED available and 0.00 AED locked
      And the books balance
      And nothing else was changed
