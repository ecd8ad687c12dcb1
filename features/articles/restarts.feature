Feature: When the server starts again
  A restart reads the log from its beginning, or from a snapshot on, and goes on where it ended: with the same
  articles, and with the next number.

  @AR-9 @target.process
  Rule: After a restart the server has all its articles, and ids continue

    @cost.seconds
    Scenario: a thousand articles before, a thousand after
      Given there are 1000 articles
      When the first server is stopped
      And the first server is started again
      And I create 1000 articles quickly
      Then the file events.raftlog must hold exactly 2000 events
      And the ids 0 to 1999 were given, each once
      And 2000 articles are there
      And the log is whole

  @AR-9 @target.process
  Rule: Until a server has read its log it is not ready, and says so to those who ask for articles

    @cost.seconds
    Scenario: asked before the log is read
      Given the disk is well
      And there are 30 articles
      When the first server is started again, and has not read its log yet
      And Ada asks, one after the other
        | asks                | answered | with                             |
        | whether it is ready | 503      | status event log replaying       |
        | whether it lives    | 200      | status ok                        |
        | article 0           | 503      | says still reading its event log |
        | the articles        | 503      | says still reading its event log |
        | to create A         | 503      | says still reading its event log |
        | to change 0 to B    | 503      | says still reading its event log |
        | to delete 0         | 503      | says still reading its event log |
        | what the log holds  | 503      | says still reading its event log |
      And the first server has read its log
      And Ada asks, one after the other
        | asks                | answered | with         |
        | whether it is ready | 200      | status ready |
        | to create A         | 201      | id 30        |
      Then Ada is answered as it says there
      And 31 articles are there

  @AR-14 @target.process @alone @cost.minute
  Rule: A log of large articles is loaded quickly, and does not slow readers down

    Scenario: a thousand articles of ten thousand characters
      Given articles have 10000 characters
      And there are 1000 articles
      When the first server is stopped
      And the first server is started again
      And these clients work for 3 seconds
        | clients | do   | rate |
        | 8       | read |      |
      Then these limits are kept
        | figure   | limit       |
        | log      | over 10 MB  |
        | start    | under 5 s   |
        | failures | exactly 0   |
        | p99      | under 50 ms |
      And nothing else was changed

  @AR-16 @target.process @cost.minute @timeout.300
  Rule: A killed server has lost nothing that it acknowledged

    Scenario: killed twenty times in a row while thirty-two clients write
      Given persistence is on by default
      When the server is killed 20 times while 32 clients write
      Then every article that was acknowledged is there
      And the log is whole
      And nothing else was changed

  @AR-17 @target.process
  Rule: A killed server that does not wait for the disk has lost nothing either

    Scenario: killed three times in a row while thirty-two clients write
      Given the switch EVENT_LOG_DURABILITY is set to "flush"
      When the server is killed 3 times while 32 clients write
      Then every article that was acknowledged is there
      And the log is whole
      And nothing else was changed

  @AR-16 @target.process @cost.hour @timeout.14400
  Rule: A server that is killed two thousand times has lost nothing either

    Scenario: killed two thousand times while thirty-two clients write
      Given persistence is on by default
      When the server is killed 2000 times while 32 clients write
      Then every article that was acknowledged is there
      And the log is whole
      And nothing else was changed
