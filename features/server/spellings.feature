Feature: One account for one address, however it is written
  Unicode can write one address and one password in several ways. Two accounts whose addresses look the same are a trap
  for their owners, and a password must fit on every keyboard.

  @SV-9 @both-databases
  Rule: A password fits and an address has one account, however Unicode writes them

    Scenario: accents that are typed as marks of their own
      Given Ada sends an account whose password has accents
      When Ada sends the password with its accents apart
      Then Ada is answered with a token of their own
      And nothing else was changed

    Scenario: the address of an account in wide letters
      Given Ada has an account
      When Ada sends a new account under the address in wide letters
      Then Ada is refused with 409 "exists already"
      And 1 registration ran for Ada
      And nothing else was changed

    Scenario: a sign-in in wide letters
      Given Ada has an account
      When Ada sends the address in wide letters and the password
      Then Ada is answered with a token of their own
      And nothing else was changed

    Scenario Outline: <who> signs in, and the other has the address in wide letters
      Given Ada has an account
      And Grace has an account from before, under the address of Ada in wide letters
      When <who> asks for a token
      Then <who> is answered with a token of their own
      And nothing else was changed

      Examples:
        | who   |
        | Ada   |
        | Grace |
