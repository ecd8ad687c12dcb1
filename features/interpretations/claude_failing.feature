Feature: When Claude fails
  Claude is somebody else's service, across a network, and answers in seconds at best. Whatever it does, a reader has a
  text within ten seconds, nobody else notices, and no call is paid for twice.

  @LI-6 @both-databases
  Rule: A failure that may pass is tried 3 times in all, one that will not is not

    Scenario Outline: Claude <fails>, and then is well
      Given Claude <fails>
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with the text that Claude wrote
      And <count> calls of Claude ran for Ada
      And nothing else was changed

      Examples: once
        | fails                     | count |
        | answers with 500 once     | 2     |
        | breaks off one connection | 2     |

      @cost.seconds
      Examples: once, more
        | fails                     | count |
        | answers with 408 once     | 2     |
        | answers with 409 once     | 2     |
        | answers with 529 once     | 2     |

      @cost.seconds
      Examples: twice
        | fails                          | count |
        | answers with 429 twice         | 3     |
        | answers with 503 twice         | 3     |
        | answers with 529 twice         | 3     |
        | breaks off two connections     | 3     |
        | cuts two answers in the middle | 3     |

    Scenario Outline: Claude <fails>, and goes on
      Given Claude <fails>
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with the template
      And 3 calls of Claude ran for Ada
      And nothing else was changed

      Examples:
        | fails            |
        | answers with 529 |

      @cost.seconds
      Examples: others that may pass
        | fails                          |
        | answers with 429               |
        | answers with 500               |
        | answers with 502               |
        | breaks off each connection     |
        | cuts its answers in the middle |

    Scenario Outline: Claude answers with <status>
      Given Claude answers with <status>
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with the template
      And 1 call of Claude ran for Ada
      And nothing else was changed

      Examples:
        | status   |
        | 400      |
        | 401      |
        | 307 once |

      @cost.seconds
      Examples: more
        | status |
        | 403    |
        | 499    |
        | 404    |
        | 413    |

    Scenario Outline: Claude asks for a second of patience, with <status>
      Given Claude answers with <status> for 1 second once
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered in at least 1 second
      And Ada is answered with the text that Claude wrote
      And 2 calls of Claude ran for Ada
      And nothing else was changed

      Examples:
        | status |
        | 429    |
        | 529    |

    Scenario: Claude asks for more patience than there is
      Given Claude answers with 429 for 60 seconds
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered in less than 3 seconds
      And Ada is answered with the template
      And 1 call of Claude ran for Ada
      And nothing else was changed

  @LI-6 @both-databases
  Rule: A reader is answered in time, and the call goes on and is stored once

    Scenario Outline: Claude <hangs>
      Given Claude <hangs>
      And the switch LUNAR_READER_WAIT_S is set to "0.3"
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered in less than 2 seconds
      And Ada is answered with the template
      And 1 call of Claude ran for Ada
      And nothing else was changed

      Examples:
        | hangs                    |
        | never answers            |
        | answers byte by byte     |

    Scenario: the call ends at its own limit
      Given Claude never answers
      And the switch LUNAR_READER_WAIT_S is set to "0.3"
      And the switch LUNAR_CLAUDE_DEADLINE_S is set to "1"
      And Ada has lunar returns
      And Ada asks for the report
      When Ada asks for the server's metrics
      Then Ada is answered with metrics of 0 generations under way

    Scenario: Claude is slower than the reader waits
      Given Claude holds its answers, and readers wait for 300 ms
      And Ada has lunar returns
      And Ada asks for the report
      And Claude answers what it held
      When Ada asks for the report, once its text is stored
      Then Ada is answered with the text that was stored meanwhile
      And 0 calls of Claude ran for Ada
      And nothing else was changed

    @cost.seconds
    Scenario: a second reader comes while the call of the first goes on
      Given Claude holds its answers
      And the switch LUNAR_READER_WAIT_S is set to "2"
      And Ada has lunar returns
      And Ada asks for the report
      When Ada asks for the report, and Claude answers while she waits
      Then Ada is answered with the text of the call that went on
      And 0 calls of Claude ran for Ada

    Scenario: 10 readers at once are answered while one call goes on
      Given Claude holds its answers, and readers wait for 300 ms
      And Ada has lunar returns
      And Ada asks for the report 10 times at once
      And Claude answers what it held
      When Ada asks for the report, once its text is stored
      Then Ada is answered with the text that was stored meanwhile
      And 0 calls of Claude ran for Ada
      And nothing else was changed
