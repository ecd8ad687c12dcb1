Feature: Large logs
  A log only grows. Snapshots keep a start from reading all of it, batches keep a bulk load from taking all day, and
  neither stops the server for others.

  @AR-12 @target.process @alone @cost.minute
  Rule: Other requests are served while large batches are stored

    Scenario: fifty thousand articles in ten batches
      Given persistence is on by default
      When I create 50000 articles in batches of 5000
      Then these limits are kept
        | figure   | limit             |
        | answers  | exactly 10        |
        | failures | exactly 0         |
        | log      | over 5 MB         |
        | others   | under 100 ms      |
        | ruler    | at least 15000 /s |
      And 50000 articles are there
      And the log is whole
      And nothing else was changed

  @AR-15 @target.process
  Rule: Snapshots are made under load, and each of them is valid

    @cost.seconds
    Scenario: a snapshot for every thousand of five thousand articles
      Given the switch EVENT_LOG_SNAPSHOT_EVERY is set to "1000"
      When I create 5000 articles in parallel with 32 threads
      Then at least 5 snapshots are there, and each restores what the log says at its event
      And every article that was acknowledged is there
      And the log is whole
      And nothing else was changed

    @cost.seconds
    Scenario: by default, a snapshot for every ten thousand
      Given there are 9999 articles
      When I create 10 articles quickly
      Then snapshots are there at the events "9999" and at no others
      And 10009 articles are there
      And nothing else was changed

  @AR-15 @target.process
  Rule: A snapshot that cannot be made is no reason to stop, and the next one is made

    Scenario: another process is making snapshots at that moment
      Given the switch EVENT_LOG_SNAPSHOT_EVERY is set to "20"
      And the first server cannot make a snapshot
      When I create 20 articles quickly
      And the first server can make snapshots again
      And I create 20 articles quickly
      Then snapshots are there at the events "39" and at no others
      And the log is whole
      And nothing else was changed

  @AR-19 @target.process @cost.minute @timeout.300
  Rule: Counts are exact, however large they are

    Scenario: a hundred thousand created, ten thousand changed, five thousand deleted
      Given there are 100000 articles
      When I change 10000 articles and delete 5000 others
      Then the log has events of these types
        | type           | events |
        | ArticleCreated | 100000 |
        | ArticleUpdated | 10000  |
        | ArticleDeleted | 5000   |
      And 95000 articles are there
      And the log is whole
      And nothing else was changed

  @AR-14 @target.process @alone @cost.hour @timeout.14400
  Rule: The time to load a million events is reported

    Scenario: a million small articles
      Given there are 1000000 articles
      When the first server is stopped
      And the first server is started again
      And I create 10 articles quickly
      Then these limits are kept
        | figure  | limit      |
        | start   | under 60 s |
        | answers | exactly 10 |
      And the file events.raftlog must hold exactly 1000010 events
      And 1000010 articles are there
      And nothing else was changed
