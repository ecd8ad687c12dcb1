Feature: When something large is interrupted
  A batch of thousands is stored completely or not at all, however the disk fails and however the server is stopped
  meanwhile.

  @AR-18 @target.process
  Rule: A batch that the disk does not take leaves nothing behind, and the server goes on when it can

    Scenario: a batch of five thousand on a disk that is full, and then is not
      Given the disk is well
      And there are 10 articles
      And the disk gets full
      When Ada sends a batch of 5000 articles
      Then Ada is refused with 507 "no room"
      And 10 articles are there
      When the disk has room again
      And I create 10 articles quickly
      Then 20 articles are there
      And the log is whole
      And nothing else was changed

    Scenario Outline: a batch of five thousand while the disk <fails>
      Given the disk is well
      And there are 10 articles
      And the disk <fails>
      When Ada sends a batch of 5000 articles
      Then Ada is refused with <status> "<words>"
      And 10 articles are there
      When the disk is well again
      And the first server is started again
      And I create 10 articles quickly
      Then <left> articles are there
      And the log is whole
      And nothing else was changed

      @cost.minute
      Examples: no way to know until the restart, which finds all of it or none
        | fails          | status | words  | left |
        | fails to write | 503    | failed | 20   |

      @cost.minute
      Examples: the same, and the disk takes it but does not sync
        | fails         | status | words  | left |
        | fails to sync | 503    | failed | 5020 |

  @AR-9 @target.process
  Rule: A server that is stopped finishes the write that it has begun, and drops a batch that has not fully arrived

    @cost.seconds
    Scenario Outline: a server that <ends> while a batch of five thousand is being kept
      Given the disk is well
      And there are 10 articles
      And the disk takes 300 ms to sync
      And Ada has a batch of 5000 articles under way
      When the first server <ends>
      Then it ends with exit code 0
      And the request of Ada is answered with 201
      When the disk is well again
      And the first server is started again
      Then 5010 articles are there
      And the log is whole
      And nothing else was changed

      Examples:
        | ends            |
        | is told to stop |

      @cost.minute
      Examples: at a terminal
        | ends           |
        | is interrupted |

    Scenario: stopped while half of an article has arrived
      Given the switch BODY_S_MAX is set to "1"
      And there are 10 articles
      And Ada has half an article under way
      When the first server is told to stop
      Then it ends with exit code 0
      And the request of Ada is refused with 408
      When the first server is started again
      And I create 10 articles quickly
      Then the ids 0 to 19 were given, each once
      And 20 articles are there
      And nothing else was changed

  @AR-16 @target.process
  Rule: A batch that was not acknowledged when the power was cut is there whole or not at all

    @cost.seconds
    Scenario: the power is cut while a batch of five thousand is being synced
      Given the disk is well
      And there are 10 articles
      And the disk takes 1 second to sync
      And Ada has a batch of 5000 articles under way
      When the first server is killed
      Then the request of Ada is cut off
      When the disk is well again
      And the first server is started again
      Then 10 articles are there
      And the log is whole

    Scenario: the power is cut when half of a batch has reached the disk
      Given the disk is well
      And there are 10 articles
      And the disk takes 1 second to sync, and keeps half of a write at a power cut
      And Ada has a batch of 5000 articles under way
      When the first server is killed
      Then the request of Ada is cut off
      When the disk is well again
      And the first server is started again
      And I create 10 articles quickly
      Then 20 articles are there
      And the ids 0 to 19 were given, each once
      And the log is whole
