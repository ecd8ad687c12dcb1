Feature: The ledger keeps what was written
  An auditor trusts the books because nobody can rewrite them, not even somebody who gets at the database.

  @VR-13 @both-databases
  Rule: The database itself refuses to change or delete entries of the ledger

    Scenario Outline: somebody tries <tampering>
      Given Ada has 10.00 AED in the vault
      When somebody tries, past the server, <tampering>
      Then the database refuses it
      And the books balance
      And nothing else was changed

      Examples:
        | tampering                                     |
        | to change the amount of an entry              |
        | to change the account of an entry             |
        | to change nothing of an entry                 |
        | to change all entries at once                 |
        | to delete an entry                            |
        | to delete all entries                         |
        | to put another entry in the place of an entry |

    @database.postgres
    Scenario: somebody tries to empty the ledger
      Given Ada has 10.00 AED in the vault
      When somebody tries, past the server, to empty the ledger
      Then the database refuses it
      And the books balance
      And nothing else was changed

  @VR-13 @both-databases
  Rule: The database itself refuses entries and lots that cannot be

    Scenario Outline: somebody even tries <tampering>
      Given Ada has 10.00 AED in the vault
      When somebody tries, past the server, <tampering>
      Then the database refuses it
      And the books balance
      And nothing else was changed

      Examples:
        | tampering                                         |
        | to enter a credit below zero                      |
        | to enter a debit above zero                       |
        | to enter nothing                                  |
        | to have a lot of nothing                          |
        | to have a lot of less than nothing                |
        | to have more released than a lot has              |
        | to have less than nothing released                |
        | to have a lot released of which something is left |
        | to have two lots of one deposit                   |
