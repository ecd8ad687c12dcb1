Feature: Bad input
  Clients send wrong things: by mistake, by an old version, on purpose. They get an error that says which field is
  wrong; nothing is changed, and nobody else notices.

  @SV-1
  Rule: Bad input gets a clear error that names the field

    Scenario Outline: a natal chart with the <field> <value>
      Given Ada has a natal chart
      And Grace has a natal chart
      And Ada asks for the current return
      When Ada sends a natal chart with the <field> <value>
      Then Ada is told that the field "<field>" is wrong
      And nothing else was changed
      And the server is well

      Examples:
        | field          | value                |
        | latitude       | 90.1                 |
        | birth_datetime | 1990-01-01T12:00:00  |
        | birth_datetime | 2990-01-01T12:00:00Z |
        | birth_datetime | 1799-12-31T23:59:59Z |
        | house          | 7                    |

      @cost.seconds
      Examples: more
        | field          | value     |
        | latitude       | north     |
        | longitude      | -181      |
        | birth_datetime | yesterday |

    Scenario Outline: a body that is <what>
      Given Ada has a natal chart
      And Grace has a natal chart
      And Ada asks for the current return
      When Ada sends a natal chart that is <what>
      Then Ada is refused as bad input
      And nothing else was changed
      And the server is well

      Examples:
        | what                    |
        | cut off                 |
        | nested 20000 deep       |
        | a 5000-digit number     |
        | of another content type |

      @cost.seconds
      Examples: more
        | what               |
        | not a number (NaN) |
        | a lone surrogate   |
        | empty              |
