Feature: The function of the first version
  Code that calls the old function goes on working until it is changed. It knows no reader, so it must not give away
  what was written for one.

  @LI-13 @both-databases
  Rule: It gives text, weekly advice and source as before, warns, and asks neither storage nor Claude

    Scenario: there is a template
      Given Claude is well
      And Ada has a stored text
      When Ada asks for the old function's text
      Then Ada is answered with the template, by the old function
      And 0 calls of Claude ran for Ada
      And nothing else was changed

    Scenario: a version that there is no template of
      Given Ada has lunar returns
      When Ada asks for the old function's text of version 7
      Then Ada is answered with the template, by the old function
      And nothing else was changed

    Scenario: a version that there is a template of
      Given a server whose database has templates of version 4 too
      And Ada has lunar returns
      When Ada asks for the old function's text of version 4
      Then Ada is answered with the template of version 4, by the old function
      And nothing else was changed

    Scenario: another language
      Given Ada has lunar returns
      When Ada asks for the old function's text in English
      Then Ada is answered with the built-in text in English, by the old function
      And nothing else was changed

    Scenario: there are no templates
      Given a server whose database has no templates
      And Ada has lunar returns
      When Ada asks for the old function's text
      Then Ada is answered with the built-in text, by the old function
      And nothing else was changed

  @LI-7
  Rule: What it raises is an error of interpretations

    Scenario: a sign that does not exist
      Given Ada has lunar returns
      When Ada asks for the old function's text for a sign that does not exist
      Then Ada is answered with the old function's own error
