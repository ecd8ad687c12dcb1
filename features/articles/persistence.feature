Feature: What is acknowledged is kept
  An acknowledged article must be in the log: once, complete, in its place. The log is a file that
  anybody can read and count.

  @AR-1
  Rule: Each article that is created is one event in the log, and none is missing

    Scenario: a thousand articles, one after the other
      Given persistence is on by default
      And a server on port 20000 with persistence "/tmp/lithair-articles"
      When I create 1000 articles quickly
      Then the file events.raftlog must exist
      And the file events.raftlog must hold exactly 1000 events
      And the log has events of these types
        | type           | events |
        | ArticleCreated | 1000   |
      And the log is whole
      And 1000 articles are there

  @AR-2
  Rule: Changes and deletes are events like creates, and the remaining articles match them

    Scenario: a hundred created, fifty changed, twenty-five deleted
      Given there are 100 articles
      When I change 50 articles and delete 25 others
      Then the file events.raftlog must hold exactly 175 events
      And the log has events of these types
        | type           | events |
        | ArticleCreated | 100    |
        | ArticleUpdated | 50     |
        | ArticleDeleted | 25     |
      And 75 articles are there
      And the log is whole
      And nothing else was changed

  @AR-10
  Rule: Events of all types are in one order, each with a later time than the one before it

    Scenario: an article's life, and what others say of it
      Given persistence is on by default
      When these events are kept in this order
        | type           | entity | about     |
        | ArticleCreated | 0      |           |
        | UserCreated    | ada    |           |
        | ArticleUpdated | 0      |           |
        | CommentAdded   | 17     | article 0 |
        | ArticleDeleted | 0      |           |
      Then the log has these events, in this order
        | type           | entity | about     |
        | ArticleCreated | 0      |           |
        | UserCreated    | ada    |           |
        | ArticleUpdated | 0      |           |
        | CommentAdded   | 17     | article 0 |
        | ArticleDeleted | 0      |           |
      And the log is whole
      And 0 articles are there
      And nothing else was changed
