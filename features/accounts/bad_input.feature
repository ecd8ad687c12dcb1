Feature: Bad input about accounts
  A form with an invalid field is refused with the name of that field, and no account is created.

  @AC-5
  Rule: A wrong field of a registration or a sign-in is named, and nothing is changed

    Scenario Outline: <what>
      Given Grace has a natal chart
      When Ada sends <what>
      Then Ada is told that the field "<field>" is wrong
      And nothing else was changed
      And the server is well

      Examples: registrations
        | what                                             | field    |
        | an account without an address                    | email    |
        | an account whose address has no at sign          | email    |
        | an account whose address has two lines           | email    |
        | an account whose address holds a NUL             | email    |
        | an account whose password has 11 characters      | password |
        | an account whose password is a list              | password |
        | an account whose owner would be an administrator | is_admin |

      @cost.seconds
      Examples: registrations, more
        | what                                         | field    |
        | an account whose address is empty            | email    |
        | an account whose address has a blank         | email    |
        | an account whose address is a number         | email    |
        | an account whose address is null             | email    |
        | an account whose address has 255 characters  | email    |
        | an account without a password                | password |
        | an account whose password is empty           | password |
        | an account whose password has 257 characters | password |
        | an account whose password is a number        | password |
        | an account whose password holds a NUL        | password |
        | an account whose number is chosen            | id       |

      Examples: sign-ins
        | what                                        | field    |
        | a sign-in without an address                | username |
        | a sign-in whose address holds a NUL         | username |
        | a sign-in whose password has 257 characters | password |

      @cost.seconds
      Examples: sign-ins, more
        | what                                       | field    |
        | a sign-in whose address has 255 characters | username |
        | a sign-in without a password               | password |

  @AC-5
  Rule: What cannot be read is refused, and nothing is changed

    Scenario Outline: <what>
      Given Grace has a natal chart
      When Ada sends <what>
      Then Ada is refused with <status> "<words>"
      And nothing else was changed
      And the server is well

      Examples:
        | what                                  | status | words                    |
        | an account that is cut off            | 400    | not well-formed JSON     |
        | an account that is a list             | 422    | Expected `object`        |
        | an account that is sent as plain text | 415    | must be application/json |
        | a sign-in of 21 fields                | 400    | not a well-formed form   |

      @cost.seconds
      Examples: more
        | what                                 | status | words                                     |
        | an account that is empty             | 400    | not well-formed JSON                      |
        | an account that is nested 20000 deep | 422    | more than 32 levels deep                  |
        | a sign-in that is no text            | 400    | not a well-formed form                    |
        | a sign-in sent in another form       | 415    | must be application/x-www-form-urlencoded |
