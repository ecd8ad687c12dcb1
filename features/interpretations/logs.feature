Feature: What the log says of texts
  An operator reads in the log who got which text from where, and why it was not Claude's. Neither the key nor a text
  may be in it.

  @LI-10
  Rule: Each text that is written, or answered in its place, has one line with all fields

    Scenario Outline: Claude writes <report>
      Given Claude is well
      And Ada has lunar returns
      When Ada asks for <report>
      Then Ada is answered with the text that Claude wrote
      And the log has 1 request that had Claude write

      Examples:
        | report                          |
        | the report                      |
        | the report's climate in English |

    Scenario: Claude fails
      Given Claude answers with 400
      And Grace has lunar returns
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with the template
      And the log has 1 request that fell back to the template, as Claude refused

    @cost.seconds
    Scenario: Claude hangs
      Given Claude never answers
      And the switch LUNAR_READER_WAIT_S is set to "0.3"
      And the switch LUNAR_CLAUDE_DEADLINE_S is set to "1"
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with the template
      And the log has 1 request that fell back to the template, as Claude was slow

    Scenario Outline: Claude <writes>
      Given Claude <writes>
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with the template
      And the log has 1 request that fell back to the template, as Claude's reply was not as asked

      Examples:
        | writes                        |
        | sends an empty text           |
        | writes prose in place of JSON |
        | writes a number for the text  |

    Scenario: Claude fails, and there are no templates
      Given Claude answers with 400
      And a server whose database has no templates
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with the built-in text
      And the log has 1 request that fell back to the built-in text

  @LI-10 @both-databases
  Rule: The key is nowhere but in the requests to Claude, and a prompt is nowhere but there and with its text

    Scenario Outline: Claude <answers>
      Given Claude <answers>
      And Claude is tried once, for 2 seconds at most
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with no key of Claude and no prompt in any log, table, answer or metric

      Examples:
        | answers       |
        | is well       |
        | never answers |

      @cost.seconds
      Examples: more
        | answers                        |
        | answers with 400               |
        | is cut short at its limit      |
        | answers with 401               |
        | answers with 500               |
        | cannot be reached              |
        | cuts its answers in the middle |
        | answers with a page for people |
        | writes prose in place of JSON  |

    Scenario: a text is written again, and cannot be
      Given Claude is well
      And Ada has a stored text
      And Claude answers with 401
      When Ada sends a request for a new text
      Then Ada is answered with no key of Claude and no prompt in any log, table, answer or metric
