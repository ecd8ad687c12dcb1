Feature: Days are those of UTC
  Servers, databases and operators stand in many time zones. A lot matures on one day, and that is a day in UTC.

  @VR-10 @both-databases
  Rule: Which day it is does not depend on the time zone of the machine

    Scenario Outline: a job in <place>
      Given the switch TZ is set to "<zone>"
      And the vault has these lots
        | owner | vault  | amount | released | currency | matures   | status |
        | Ada   | AVENIR | 1.00   | 0.00     | AED      | yesterday | VESTED |
        | Ada   | AVENIR | 2.00   | 0.00     | AED      | today     | VESTED |
        | Ada   | AVENIR | 4.00   | 0.00     | AED      | tomorrow  | VESTED |
      When the operator runs "vesting-release"
      Then the run reports
        | as of | currency | dry run | mature | executed | amount | skipped | errors |
        | today | AED      | no      | 2      | 2        | 3.00   | 0       | 0      |
      And 2 releases ran for Ada
      And nothing else was changed

      Examples:
        | place                      | zone             |
        | the first place of the day | Etc/GMT-14       |
        | the last place of the day  | Etc/GMT+12       |

      @cost.seconds
      Examples: more
        | place                      | zone             |
        | a place with summer time   | America/Santiago |

    @target.process
    Scenario Outline: a server in <place>
      Given the switch TZ is set to "<zone>"
      And Ada has 10.00 AED in the wallet
      When Ada sends a deposit of 10.00 AED
      Then Ada is answered with the lot that is there
      And the vault has these lots
        | owner | vault  | amount | released | currency | matures           | status |
        | Ada   | AVENIR | 10.00  | 0.00     | AED      | 365 days from now | VESTED |
      And 1 deposit ran for Ada
      And nothing else was changed

      Examples:
        | place                      | zone       |
        | the first place of the day | Etc/GMT-14 |

      @cost.seconds
      Examples: more
        | place                      | zone       |
        | the last place of the day  | Etc/GMT+12 |

  @VR-10
  Rule: A day begins at midnight in UTC, and 365 days are 365 days, in leap years too

    Scenario Outline: a deposit at <moment>
      Given today is "<moment>"
      And Ada has 10.00 AED in the wallet
      When Ada sends a deposit of 10.00 AED
      Then Ada is answered with the lot that is there
      And the vault has these lots
        | owner | vault  | amount | released | currency | matures   | status |
        | Ada   | AVENIR | 10.00  | 0.00     | AED      | <matures> | VESTED |
      And 1 deposit ran for Ada
      And nothing else was changed

      Examples:
        | moment                    | matures    |
        | 2024-01-27T23:59:59Z      | 2025-01-26 |
        | 2024-01-28T00:00:00Z      | 2025-01-27 |
        | 2023-03-01T12:00:00Z      | 2024-02-29 |

      @cost.seconds
      Examples: more
        | moment                    | matures    |
        | 2024-01-28T02:00:00+04:00 | 2025-01-26 |
        | 2023-02-28T12:00:00Z      | 2024-02-28 |
        | 2024-02-29T12:00:00Z      | 2025-02-28 |
        | 2023-12-31T23:59:59Z      | 2024-12-30 |

    Scenario Outline: a run at <moment>
      Given today is "2024-01-28"
      And Ada has 10.00 AED in the vault
      And the clock goes forward by <hours> hours
      And Grace has an administrator's account
      When Grace sends a release
      Then the run reports
        | as of | currency | dry run | mature  | executed | amount   | skipped | errors |
        | today | AED      | no      | <count> | <count>  | <amount> | 0       | 0      |
      And <count> releases ran for Ada
      And nothing else was changed

      Examples:
        | moment                     | hours    | count | amount |
        | the last second of the day | 8747.999 | 0     | 0.00   |
        | midnight                   | 8748     | 1     | 10.00  |

  @VR-10 @database.postgres
  Rule: Nor does it depend on the time zone of the database

    Scenario Outline: a database that <database>
      Given a server whose database <database>
      And today is "<moment>"
      And Grace has an administrator's account
      And the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 1.00   | 0.00     | AED      | 2025-01-26 | VESTED |
        | Ada   | AVENIR | 2.00   | 0.00     | AED      | 2025-01-27 | VESTED |
        | Ada   | AVENIR | 4.00   | 0.00     | AED      | 2025-01-28 | VESTED |
      When Grace sends a release
      Then the run reports
        | as of      | currency | dry run | mature | executed | amount | skipped | errors |
        | 2025-01-27 | AED      | no      | 2      | 2        | 3.00   | 0       | 0      |
      And 2 releases ran for Ada
      And the runbook's query for releases on 2025-01-27 finds "2, 3.00"

      Examples:
        | database                     | moment               |
        | keeps the time of Kiritimati | 2025-01-27T23:30:00Z |
        | keeps the time of New York   | 2025-01-27T00:30:00Z |
