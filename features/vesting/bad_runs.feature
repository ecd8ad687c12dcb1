Feature: Runs that make no sense
  A script reads exit codes, and a person one line. A run that is not understood moves nothing.

  @VR-15 @both-databases
  Rule: A run with a wrong option ends with 64 and one line that says what is wrong, and moves nothing

    Scenario: wrong days
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-27 | VESTED |
        | Ada   | AVENIR | 200.00 | 0.00     | AED      | tomorrow   | VESTED |
      When the operator runs these commands
        | command                                      | code | says  |
        | vesting-release --as-of 9999-12-31           | 64   | as_of |
        | vesting-release --as-of 9999-12-31 --dry-run | 64   | as_of |
        | vesting-release --as-of 27.01.2025           | 64   | as_of |
        | vesting-release --as-of 20250127             | 64   | as_of |
        | vesting-release --as-of 2025-01-27T00:00:00  | 64   | as_of |
        | vesting-release --as-of ""                   | 64   | as_of |
      Then these commands end as it says there
      And Ada has 0.00 AED available and 300.00 AED locked
      And nothing else was changed

    Scenario: wrong currencies, numbers and options
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-27 | VESTED |
      When the operator runs these commands
        | command                                            | code | says     |
        | vesting-release --as-of 2025-01-27 --currency aed  | 64   | currency |
        | vesting-release --as-of 2025-01-27 --currency ""   | 64   | currency |
        | vesting-release --as-of 2025-01-27 --max-lots 0    | 64   | max-lots |
        | vesting-release --as-of 2025-01-27 --max-lots -1   | 64   | max-lots |
        | vesting-release --as-of 2025-01-27 --max-lots many | 64   | max-lots |
        | vesting-release --on 2025-01-27                    | 64   | --on     |
      Then these commands end as it says there
      And Ada has 0.00 AED available and 100.00 AED locked
      And nothing else was changed

    Scenario Outline: <command>, as a script reads it
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-27 | VESTED |
      When the operator runs "<command>"
      Then it ends with exit code 64
      And the command is refused in one line about "<field>"
      And nothing else was changed

      Examples:
        | command                            | field    |
        | vesting-release --as-of 9999-12-31 | as_of    |
        | vesting-release --as-of 2025-02-30 | as_of    |
        | vesting-release --currency XXX     | currency |

  @VR-15
  Rule: A run that finds no database ends with 4, and one without its tables with 64

    Scenario: no database, and one of another kind
      Given Ada has 10.00 AED in the vault
      When the operator runs these commands
        | command                                                 | code | says     |
        | vesting-release --database postgresql://127.0.0.1:1/ada | 4    | database |
        | vesting-release --database sqlite:////proc/nowhere.db   | 4    | database |
        | vesting-release --database mysql://127.0.0.1/ada        | 64   | database |
      Then these commands end as it says there
      And nothing else was changed

    Scenario: a database of an older version
      Given a server whose database is of an older version
      When the operator runs "vesting-release"
      Then it ends with exit code 64
      And it says "run `reference-app db upgrade`"
      And nothing else was changed

  @VR-15 @target.process
  Rule: A server for currencies that there are not does not start, and says which

    Scenario: a currency that there is not
      Given the switch VESTING_CURRENCIES is set to "AED,XXX,EUR"
      When a server is started
      Then it ends with exit code 64
      And it says "VESTING_CURRENCIES"
      And it says "'XXX' is no currency of ISO 4217"
