Feature: Signing in
  The address and the password of an account give a token, which gives access to the account. A refusal does not reveal
  which of the two was wrong.

  @AC-2
  Rule: The right address and password give a token of that account

    Scenario: an account's owner
      Given Grace has a natal chart
      And Ada has an account
      When Ada asks for a token
      Then Ada is answered with a token of their own
      And nothing else was changed

    Scenario: the address in other letters
      Given Ada has an account
      When Ada sends the address in capital letters and the password
      Then Ada is answered with a token of their own
      And nothing else was changed

  @AC-2
  Rule: Anything else is refused, without saying which part was wrong

    Scenario Outline: <what>
      Given Ada has an account
      When Ada sends <what>
      Then Ada is refused with 401 "The e-mail address or the password is wrong"
      And Ada is answered with the way to sign in
      And nothing else was changed

      Examples:
        | what                                          |
        | a wrong password                              |
        | the password in capital letters               |
        | the password without its last letter          |
        | an empty password                             |
        | the password under an address that nobody has |

    Scenario: somebody of the development bypass, who has no password
      Given Ada has a natal chart
      When Ada sends an empty password
      Then Ada is refused with 401 "The e-mail address or the password is wrong"
      And nothing else was changed

  @AC-6
  Rule: Passwords and tokens are never disclosed

    Scenario Outline: a token after <what>
      Given Ada has an account
      And Ada sends <what>
      When Ada asks for a token
      Then Ada is answered with a token of their own
      And no password or token of Ada is in any log, table or answer
      And nothing else was changed

      Examples:
        | what                                         |
        | a wrong password                             |
        | a new account                                |
        | an account whose password has 11 characters  |
        | an account whose password has 257 characters |
        | a sign-in sent in another form               |
