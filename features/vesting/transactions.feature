Feature: What happened to my money
  People look into their transactions to see that their money came back. Nobody else may see it.

  @VR-11 @both-databases
  Rule: A release shows up in its owner's transactions, newest first, and in nobody else's

    Scenario: a release, and what came before it
      Given the vault has these lots
        | owner | vault  | amount   | released | currency | matures    | status |
        | Ada   | AVENIR | 10000.00 | 0.00     | AED      | 2025-01-27 | VESTED |
        | Grace | AVENIR | 777.00   | 0.00     | AED      | 2025-01-27 | VESTED |
      And the operator runs "vesting-release --as-of 2025-01-27"
      When Ada asks for the transactions
      Then Ada is answered with these transactions
        | type                  | product       | direction | amount   | currency | on         |
        | VAULT_VESTING_RELEASE | COFFRE AVENIR | IN        | 10000.00 | AED      | now        |
        | VAULT_DEPOSIT         | COFFRE AVENIR | OUT       | 10000.00 | AED      | 2024-01-28 |
        | WALLET_FUNDING        | WALLET        | IN        | 10000.00 | AED      | 2024-01-28 |
      And nothing else was changed

    Scenario: somebody whose lots are not mature, beside somebody whose are
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-28 | VESTED |
        | Grace | AVENIR | 777.00 | 0.00     | AED      | 2025-01-27 | VESTED |
      And the operator runs "vesting-release --as-of 2025-01-27"
      When Ada asks for the transactions
      Then Ada is answered with these transactions
        | type           | product       | direction | amount | currency | on         |
        | VAULT_DEPOSIT  | COFFRE AVENIR | OUT       | 100.00 | AED      | 2024-01-29 |
        | WALLET_FUNDING | WALLET        | IN        | 100.00 | AED      | 2024-01-29 |
      And nothing else was changed

    Scenario: several currencies, each with its decimals
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 5.500  | 0        | BHD      | 2025-01-25 | VESTED |
        | Ada   | AVENIR | 700    | 0        | JPY      | 2025-01-27 | VESTED |
      And the operator runs "vesting-release --as-of 2025-01-27 --currency BHD"
      And the operator runs "vesting-release --as-of 2025-01-27 --currency JPY"
      When Ada asks for the transactions
      Then Ada is answered with these transactions
        | type                  | product       | direction | amount | currency | on         |
        | VAULT_VESTING_RELEASE | COFFRE AVENIR | IN        | 700    | JPY      | now        |
        | VAULT_VESTING_RELEASE | COFFRE AVENIR | IN        | 5.500  | BHD      | now        |
        | VAULT_DEPOSIT         | COFFRE AVENIR | OUT       | 700    | JPY      | 2024-01-28 |
        | WALLET_FUNDING        | WALLET        | IN        | 700    | JPY      | 2024-01-28 |
        | VAULT_DEPOSIT         | COFFRE AVENIR | OUT       | 5.500  | BHD      | 2024-01-26 |
        | WALLET_FUNDING        | WALLET        | IN        | 5.500  | BHD      | 2024-01-26 |
      And nothing else was changed

    Scenario: somebody to whom nothing has happened
      Given Grace has 10.00 AED in the vault
      When Ada asks for the transactions
      Then Ada is answered with these transactions
        | type | product | direction | amount | currency | on |
      And 1 welcome ran for Ada
      And nothing else was changed

    Scenario: a dry run is no transaction
      Given the vault has these lots
        | owner | vault  | amount | released | currency | matures    | status |
        | Ada   | AVENIR | 100.00 | 0.00     | AED      | 2025-01-27 | VESTED |
      And the operator runs "vesting-release --as-of 2025-01-27 --dry-run"
      When Ada asks for the transactions
      Then Ada is answered with these transactions
        | type           | product       | direction | amount | currency | on         |
        | VAULT_DEPOSIT  | COFFRE AVENIR | OUT       | 100.00 | AED      | 2024-01-28 |
        | WALLET_FUNDING | WALLET        | IN        | 100.00 | AED      | 2024-01-28 |
      And nothing else was changed
