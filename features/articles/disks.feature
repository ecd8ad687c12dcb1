Feature: When the disk fails
  A full disk will have room again; a disk that failed to sync may have lost what was written, and reports
  it only once. In both cases nothing is acknowledged that is not stored.

  @AR-18 @target.process
  Rule: A full disk refuses clearly, loses nothing, and goes on when there is room

    Scenario: full, and then not
      Given the disk is well
      And there are 100 articles
      And the disk gets full
      When Ada sends an article
      Then Ada is refused with 507 "no room"
      And 100 articles are there
      When the disk has room again
      And I create 100 articles quickly
      Then the ids 0 to 199 were given, each once
      And the log is whole
      And nothing else was changed

  @AR-18 @target.process
  Rule: After a sync that failed nothing is acknowledged until a restart

    Scenario: failed once, and well again
      Given the disk is well
      And there are 100 articles
      And the disk fails to sync
      And Ada sends an article
      When the disk is well again
      And Ada sends an article
      Then Ada is refused with 503 "failed"
      And 100 articles are there

    @cost.seconds
    Scenario: started again on a disk that is well, and then the power is cut
      Given the disk is well
      And there are 100 articles
      And the disk fails to sync
      And Ada sends an article
      When the disk is well again
      And the first server is started again
      And I create 100 articles quickly
      Then the log is whole
      When the first server is killed
      Then the ids 0 to 200 were given, each once
      And nothing else was changed

  @AR-18 @target.process @cost.minute
  Rule: What was acknowledged survives a power cut, and so does a snapshot that was made

    Scenario: the power is cut five times while thirty-two clients write
      Given the disk forgets at a kill what was not synced
      When the server is killed 5 times while 32 clients write
      Then every article that was acknowledged is there
      And the log is whole
      And nothing else was changed

    @AR-15
    Scenario: the power is cut after snapshots were made
      Given the disk forgets at a kill what was not synced
      And the switch EVENT_LOG_SNAPSHOT_EVERY is set to "100"
      When I create 500 articles in parallel with 8 threads
      Then at least 5 snapshots are there, and each restores what the log says at its event
      When the first server is killed
      Then at least 5 snapshots are there, and each restores what the log says at its event
      And the log is whole
      And nothing else was changed

  @AR-18 @target.process @cost.minute
  Rule: A slow disk makes larger groups and loses nothing

    Scenario: a second for each sync
      Given the disk takes 1 second to sync
      When I create 200 articles in parallel with 100 threads
      Then these limits are kept
        | figure   | limit       |
        | answers  | exactly 200 |
        | failures | exactly 0   |
      And the ids 0 to 199 were given, each once
      And the log is whole
      And nothing else was changed

  @AR-18 @target.process
  Rule: A folder that cannot be used is refused before anything is acknowledged

    Scenario: a read-only disk
      Given the disk is read-only
      When a server is started
      Then it ends with exit code 4
      And it says "Read-only file system"
      And nothing else was changed

    @cost.seconds
    Scenario: a second owner
      Given there are 30 articles
      When a server is started
      Then it ends with exit code 4
      And it says "is owned by process"
      And 30 articles are there
      And nothing else was changed
