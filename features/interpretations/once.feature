Feature: One text, however many ask for it
  A text costs money and takes seconds. A phone that is shaken sends the same request ten times; one call of Claude is
  enough, and all of them get its text.

  @LI-2 @both-databases
  Rule: Two requests for the same text get the same one, from one generation

    Scenario: one after the other
      Given Claude is well
      And Ada has a stored text
      When Ada asks for the report
      Then Ada is answered with the stored text
      And 0 calls of Claude ran for Ada
      And nothing else was changed

    Scenario: three subjects at once
      Given Claude takes 300 ms
      And Ada has lunar returns
      When Ada asks for the reports of three subjects 4 times at once
      Then all 12 of them are granted
      And 3 calls of Claude ran for Ada
      And Ada is answered with a text for each of the subjects
      And nothing else was changed

    Scenario: both languages at once
      Given Claude takes 300 ms
      And Ada has lunar returns
      When Ada asks for the reports in both languages 4 times at once
      Then all 8 of them are granted
      And 2 calls of Claude ran for Ada
      And Ada is answered with a text for each of the subjects
      And nothing else was changed

    Scenario: two people with the same chart have a text each
      Given Claude is well
      And Ada has lunar returns
      And Grace has lunar returns
      And Ada asks for the report
      When Grace asks for the report
      Then Grace is answered with the text that Claude wrote
      And 1 call of Claude ran for Grace
      And nothing else was changed

    Scenario: somebody else does not wait
      Given Claude is well
      And Ada has lunar returns
      And Grace has lunar returns
      And Ada has a report under way
      When Grace asks for the report
      Then Grace is answered with the text that Claude wrote
      And 1 call of Claude ran for Grace
      And the request of Ada is answered with Claude's text

    Scenario: a failure is shared
      Given Claude answers with 400 after 300 ms
      And Ada has lunar returns
      When Ada asks for the report 20 times at once
      Then all 20 of them are granted
      And 1 call of Claude ran for Ada
      And Ada is answered with the template, each time
      And nothing else was changed

  @LI-2 @both-databases @target.process
  Rule: 10 and 100 requests at once make one call and one row

    Scenario Outline: <count> at once, <processes>
      Given Claude takes 500 ms
      And a server with <processes>
      And Ada has lunar returns
      When Ada asks for the report <count> times at once
      Then all <count> of them are granted
      And 1 call of Claude ran for Ada
      And Ada is answered with the text that Claude wrote, each time
      And nothing else was changed

      Examples: one process
        | count | processes        |
        | 10    | 1 worker process |
        | 100   | 1 worker process |

      @workers.2 @cost.seconds
      Examples: two worker processes
        | count | processes          |
        | 10    | 2 worker processes |
        | 100   | 2 worker processes |

    Scenario Outline: <count> at once to each of two servers that share a database
      Given Claude takes 500 ms
      And 2 servers that share a database
      And Ada has lunar returns
      When Ada asks each server for the report <count> times at once
      Then all <total> of them are granted
      And 1 call of Claude ran for Ada
      And Ada is answered with the text that Claude wrote, each time
      And nothing else was changed

      Examples:
        | count | total |
        | 5     | 10    |

      @cost.seconds
      Examples: a hundred
        | count | total |
        | 50    | 100   |

    Scenario: 10 at once from somebody who has no returns yet
      Given Claude takes 500 ms
      And Ada has a natal chart and no returns yet
      When Ada asks for the report 10 times at once
      Then all 10 of them are granted
      And 1 call of Claude ran for Ada
      And Ada is answered with the text that Claude wrote, each time
      And Ada has returns for 12 consecutive months
      And nothing else was changed
