Feature: Registering
  People need an account to store data of their own. Each address has one account: the first registration wins.

  @AC-1 @both-databases
  Rule: An address has one account, however many register it

    Scenario: somebody registers
      Given Grace has a natal chart
      When Ada sends a new account
      Then Ada is answered with an account of their own
      And nothing else was changed

    Scenario Outline: an address that is taken, and <what>
      Given Ada has an account
      When Ada sends <what>
      Then Ada is refused with 409 "exists already"
      And 1 registration ran for Ada
      And nothing else was changed

      Examples:
        | what                                               |
        | a new account                                      |
        | a new account under the address in capital letters |

    Scenario: the password of an account stays when somebody else tries its address
      Given Ada has an account
      And Ada sends an account whose password has 30 characters
      When Ada asks for a token
      Then Ada is answered with a token of their own
      And nothing else was changed

    Scenario: ten register one address at once
      Given Grace has a natal chart
      When Ada sends a new account 10 times at once
      Then 1 of them is granted, and the other 9 are refused with 409 "exists already"
      And Ada is answered with an account of their own
      And nothing else was changed

  @AC-7 @both-databases
  Rule: An operator makes accounts on the command line

    Scenario Outline: <account>
      Given Grace has a natal chart
      When the operator makes Ada <account> with the password "of the operator's choice"
      Then it ends with exit code 0
      And 1 <work> ran for Ada
      And nothing else was changed

      Examples:
        | account                    | work                             |
        | an account                 | registration                     |
        | an administrator's account | registration of an administrator |

    Scenario: the account is used
      Given the operator makes Ada an account with the password "of the operator's choice"
      When Ada asks for a token
      Then Ada is answered with a token of their own
      And nothing else was changed

    Scenario: an address that has an account
      Given Ada has an account
      When the operator makes Ada an administrator's account with the password "of the operator's choice"
      Then it ends with exit code 64
      And it says "exists already"
      And 1 registration ran for Ada
      And nothing else was changed

    Scenario: a password that is too short
      Given Grace has a natal chart
      When the operator makes Ada an account with the password "short"
      Then it ends with exit code 64
      And it says "password"
      And nothing else was changed
