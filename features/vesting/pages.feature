Feature: Long lists of transactions
  An app shows transactions page by page. No page may repeat one or leave one out, not even while new ones come.

  @VR-11 @both-databases
  Rule: Pages of transactions, read one after the other, are all of the caller's, each once

    Scenario Outline: <count>, and <pages>
      Given Ada has <count> transactions
      And Grace has 3 transactions
      When Ada asks for <pages>
      Then Ada is answered with all of her transactions, newest first
      And nothing else was changed

      Examples:
        | count | pages                                |
        | 7     | the transactions, in pages of 1      |
        | 7     | the transactions, in pages of 3      |
        | 6     | the transactions, in pages of 3      |
        | 201   | the transactions, in pages of 200    |
        | 101   | the transactions, in pages as served |

    Scenario: fifty on a page, where no number is given
      Given Ada has 51 transactions
      When Ada asks for the transactions
      Then Ada is answered with a first page of 50 transactions
      And nothing else was changed

    Scenario: a transaction that comes between two pages
      Given Ada has 5 transactions
      When Ada asks for the transactions, in pages of 2, with a new one after the first
      Then Ada is answered with all of her former transactions, newest first
      And 1 funding ran for Ada
      And nothing else was changed

    @target.inprocess
    Scenario: transactions of one and the same moment
      Given today is "2024-01-28"
      And Ada has 5.00 AED in the vault
      And Ada has 6.00 AED in the vault
      And Ada has 7.00 AED in the wallet
      When Ada asks for the transactions, in pages of 2
      Then Ada is answered with all of her transactions, newest first
      And nothing else was changed

    Scenario: the next page of somebody else
      Given Ada has 5 transactions
      And Grace has 3 transactions
      And Ada asks for the transactions, in pages of 3
      When Grace asks for the page that comes next for Ada
      Then Grace is answered with none of Ada's transactions
      And nothing else was changed
