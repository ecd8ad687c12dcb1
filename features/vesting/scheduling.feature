Feature: The job comes by itself
  Nobody presses a button at midnight. Cron starts the job, with the crontab and the scripts that are shipped, and
  operators rely on finding each run in the service's output.

  @VR-12 @both-databases @cost.minute
  Rule: Cron runs the job once a day at 00:05 UTC, on the service's database, and what it prints is the service's output

    Scenario: five past midnight
      Given the vault has these lots
        | owner | vault  | amount   | released | currency | matures    | status |
        | Ada   | AVENIR | 10000.00 | 0.00     | AED      | 2025-01-27 | VESTED |
        | Grace | AVENIR | 20000.00 | 0.00     | AED      | 2025-01-28 | VESTED |
      When cron passes 00:05 UTC on 2025-01-27
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount   | skipped | errors |
        | 2025-01-27 | AED      | no      | 1      | 1        | 10000.00 | 0       | 0      |
      And 1 release ran for Ada
      And the books balance
      And nothing else was changed

    Scenario: five past midnight of the next day
      Given the vault has these lots
        | owner | vault  | amount   | released | currency | matures    | status |
        | Ada   | AVENIR | 10000.00 | 0.00     | AED      | 2025-01-27 | VESTED |
        | Grace | AVENIR | 20000.00 | 0.00     | AED      | 2025-01-28 | VESTED |
      And cron passes 00:05 UTC on 2025-01-27
      When cron passes 00:05 UTC on 2025-01-28
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount   | skipped | errors |
        | 2025-01-28 | AED      | no      | 2      | 1        | 20000.00 | 1       | 0      |
      And 1 release ran for Grace
      And nothing else was changed

    Scenario Outline: <moment> is not the hour
      Given the vault has these lots
        | owner | vault  | amount   | released | currency | matures    | status |
        | Ada   | AVENIR | 10000.00 | 0.00     | AED      | 2025-01-26 | VESTED |
      When cron passes <moment> on 2025-01-27
      Then together the runs report
        | runs | executed | amount | errors |
        | 0    | 0        | 0      | 0      |
      And nothing else was changed

      Examples:
        | moment            |
        | midnight UTC      |
        | 00:05 in New York |

  @VR-12 @cost.minute @timeout.300
  Rule: A tick that finds nothing new executes nothing

    Scenario: a job that cron starts every minute
      Given the vault has these lots
        | owner | vault  | amount   | released | currency | matures   | status |
        | Ada   | AVENIR | 10000.00 | 0.00     | AED      | yesterday | VESTED |
        | Grace | AVENIR | 20000.00 | 0.00     | AED      | tomorrow  | VESTED |
      And cron starts the job each minute, and has started it once
      When cron starts the job once more
      Then the run reports
        | as of | currency | dry run | mature | executed | amount | skipped | errors |
        | today | AED      | no      | 1      | 0        | 0.00   | 1       | 0      |
      And Ada has 10000.00 AED available and 0.00 AED locked
      And nothing else was changed
