Feature: Passwords
  A password that everybody tries first protects nobody, and neither does one that cannot be changed.

  @SV-9
  Rule: A password has 12 characters or more, and is none of the commonest

    Scenario Outline: <what>
      Given Grace has a natal chart
      When Ada sends <what>
      Then Ada is told that the field "password" is wrong
      And nothing else was changed

      Examples:
        | what                                                         |
        | an account whose password has 11 characters                  |
        | an account whose password is among the commonest             |
        | an account whose password is a common one in capital letters |
        | an account whose password is a common one twice              |
        | an account whose password is one letter again and again      |
        | an account whose password is its address                     |

    Scenario: one of 12 characters
      Given Grace has a natal chart
      When Ada sends an account whose password has 12 characters
      Then Ada is answered with an account of their own
      And nothing else was changed

    Scenario: an operator
      Given Grace has a natal chart
      When the operator makes Ada an account with the password "qwerty123456"
      Then it ends with exit code 64
      And it says "one of the commonest"
      And nothing else was changed

  @SV-9 @both-databases
  Rule: A new password needs the old one, and ends all tokens

    Scenario: the answer
      Given Ada has an account
      When Ada sends a change of the password
      Then Ada is answered with a password that is changed
      And nothing else was changed

    Scenario: the tokens of before
      Given Ada has an account
      And Ada sends a change of the password
      When Ada tries to ask for the current return
      Then Ada is refused with 401 "Say who you are"
      And nothing else was changed

    Scenario: the new password
      Given Ada has an account
      And Ada sends a change of the password
      When Ada asks for a token
      Then Ada is answered with a token of their own
      And no password or token of Ada is in any log, table or answer
      And nothing else was changed

    Scenario: the old password
      Given Ada has an account
      And Ada sends a change of the password
      When Ada sends the old password
      Then Ada is refused with 401 "The e-mail address or the password is wrong"
      And nothing else was changed

    Scenario Outline: <what>
      Given Ada has an account
      When Ada sends <what>
      Then Ada is refused with <status> "<words>"
      And nothing else was changed

      Examples:
        | what                                          | status | words                 |
        | a change of the password with a wrong old one | 401    | the password is wrong |
        | a change of the password to a common one      | 422    | one of the commonest  |
        | a change of the password to a short one       | 422    | length >= 12          |
