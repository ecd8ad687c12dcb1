Feature: What the metrics say
  The operator sees how much of what readers get was written by Claude, how often it was reused, and how often it had to
  be replaced.

  @LI-9 @both-databases
  Rule: The metrics count what happened, each thing once

    Scenario: nothing has happened
      Given Claude is well
      And Ada has lunar returns
      When Ada asks for the server's metrics
      Then Ada is answered with metrics of nothing
      And Ada is answered with metrics of as many templates as there are

    Scenario Outline: a text is written, and reused, version <version>
      Given Claude is well
      And the switch LUNAR_INTERPRETATION_VERSION is set to "<version>"
      And Ada has a stored text
      And Ada asks for the report
      And Ada asks for the report
      When Ada asks for the server's metrics
      Then Ada is answered with metrics of 1 text that was reused 2 times
      And Ada is answered with metrics of 0 generations under way

      Examples:
        | version |
        | 2       |
        | 3       |

    Scenario: a text is written again
      Given Claude is well
      And Ada has a stored text
      And Ada sends a request for a new text
      When Ada asks for the server's metrics
      Then Ada is answered with metrics of 2 texts that were written

    Scenario: three subjects
      Given Claude is well
      And Ada has lunar returns
      And Ada asks for the reports of three subjects
      And Ada asks for the reports of three subjects
      When Ada asks for the server's metrics
      Then Ada is answered with metrics of a text for each of three subjects

    Scenario: ten ask at once, and one text is written
      Given Claude takes 500 ms
      And Ada has lunar returns
      And Ada asks for the report 10 times at once
      When Ada asks for the server's metrics
      Then Ada is answered with metrics of 1 text that was written

    Scenario: there are no templates
      Given Claude answers with 400
      And a server whose database has no templates
      And Ada has lunar returns
      And Ada asks for the report
      When Ada asks for the server's metrics
      Then Ada is answered with metrics of 1 built-in text
      And Ada is answered with metrics of as many templates as there are

    Scenario: Claude fails, and is well again
      Given Claude answers with 400
      And Ada has lunar returns
      And Ada asks for the report
      And Claude is well again
      And Ada asks for the report
      When Ada asks for the server's metrics
      Then Ada is answered with metrics of 1 template and 1 text that was written

    Scenario Outline: a failure: Claude <fails>
      Given Claude <fails>
      And Claude is tried once, for 2 seconds at most
      And Ada has lunar returns
      And Ada asks for the report
      When Ada asks for the server's metrics
      Then Ada is answered with metrics of 0 generations under way
      And Ada is answered with metrics of 1 template

      Examples:
        | fails                      |
        | answers with 400           |
        | never answers              |
        | is cut short at its limit  |

      @cost.seconds
      Examples: more
        | fails                      |
        | answers with 529           |
        | breaks off each connection |
        | swallows what it is sent   |
        | writes in another language |

    Scenario: a text is under way
      Given Claude is well
      And Ada has lunar returns
      And Ada has a report under way
      When Ada asks for the server's metrics
      Then Ada is answered with metrics of 1 generation under way
      And the request of Ada is answered with Claude's text

    @workers.2 @cost.seconds
    Scenario: two worker processes
      Given Claude is well
      And a server with 2 worker processes
      And Ada has a stored text
      And Ada asks for the report, 20 times in a row
      When Ada asks for the server's metrics
      Then Ada is answered with metrics of 1 text that was reused 20 times
      And Ada is answered with metrics of 0 generations under way
      And Ada is answered with metrics of as many templates as there are
