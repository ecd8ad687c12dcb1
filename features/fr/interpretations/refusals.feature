# language: fr
Fonctionnalité: Des demandes qui n'ont pas de sens
  Une application qui envoie autre chose que ce qui est documenté apprend ce qui n'allait pas, et rien des textes
  d'autrui.

  @LI-7
  Règle: Chaque échec a son propre problème

    Scénario: un mois sans révolution
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Quand Ada envoie une demande de rapport de 1999
      Alors Ada est refusée avec 404 "There is no such lunar return."
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Scénario: un nouveau texte sur une révolution qui n'existe pas
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Quand Ada envoie une demande de nouveau texte sur une révolution qui n'existe pas
      Alors Ada est refusée avec 404 "There is no such lunar return."
      Et rien d'autre n'a changé

    Scénario: Claude échoue
      Étant donné que le service Claude répond 400
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Quand Ada envoie une demande de nouveau texte
      Alors Ada reçoit un refus parce que Claude échoue

    Scénario: quelqu'un sans thème natal
      Étant donné que le service Claude va bien
      Et qu'Ada a un compte
      Quand Ada envoie une demande de rapport
      Alors Ada est refusée avec 409 "natal chart"
      Et rien d'autre n'a changé

    Plan du Scénario: <demande>, de quelqu'un sans compte
      Étant donné un serveur dont l'environnement est "production"
      Quand quelqu'un envoie <demande>
      Alors quelqu'un est refusé avec 401 ""

      Exemples:
        | demande                                   |
        | une demande de rapport                    |
        | une demande de nouveau texte de quelqu'un |
        | une demande des chiffres des textes       |

  @LI-7
  Règle: Un champ incorrect est nommé, et rien n'est écrit

    Plan du Scénario: un rapport <dont>
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Quand Ada envoie une demande de rapport <dont>
      Alors Ada apprend que le champ "<champ>" est incorrect
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé

      Exemples: sujet
        | dont                            | champ   |
        | dont le sujet est l'amour       | subject |
        | dont le sujet est null          | subject |
        | dont le sujet contient un NUL   | subject |

      @cost.seconds
      Exemples: sujet, suite
        | dont                            | champ   |
        | dont le sujet est en majuscules | subject |
        | dont le sujet est vide          | subject |
        | dont le sujet est un nombre     | subject |
        | dont le sujet est une liste     | subject |

      Exemples: langue
        | dont                             | champ |
        | dont la langue est l'allemand    | lang  |
        | dont la langue est en majuscules | lang  |
        | dont la langue est null          | lang  |

      @cost.seconds
      Exemples: langue, suite
        | dont                             | champ |
        | dont la langue a une région      | lang  |
        | dont la langue est vide          | lang  |
        | dont la langue est vraie         | lang  |

      Exemples: mois
        | dont                                    | champ |
        | dont le mois est le 13e                 | month |
        | dont le mois est une date               | month |
        | dont le mois finit par un saut de ligne | month |

      @cost.seconds
      Exemples: mois, suite
        | dont                                    | champ |
        | dont le mois est le 0e                  | month |
        | dont le mois a un chiffre               | month |
        | dont le mois est un mot                 | month |
        | dont le mois est vide                   | month |
        | dont le mois est un nombre              | month |
        | dont le mois a d'autres chiffres        | month |

    Plan du Scénario: un nouveau texte <dont>
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Quand Ada envoie une demande de nouveau texte <dont>
      Alors Ada apprend que le champ "<champ>" est incorrect
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | dont                | champ           |
        | sur la révolution 0 | lunar_return_id |
        | sur l'amour         | subject         |

      @cost.seconds
      Exemples: suite
        | dont                                  | champ           |
        | sur une révolution au-delà de 64 bits | lunar_return_id |
        | sur une révolution vraie              | lunar_return_id |
        | sur une révolution négative           | lunar_return_id |
        | sur une demi-révolution               | lunar_return_id |
        | sur un texte de révolution            | lunar_return_id |
        | sur null                              | lunar_return_id |
        | sur aucune révolution                 | lunar_return_id |
        | en allemand                           | lang            |

    Plan du Scénario: une demande de <quoi>
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Quand Ada envoie une demande de <quoi>
      Alors Ada est refusée pour une saisie incorrecte
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé

      Exemples: un rapport
        | quoi                                          |
        | rapport avec un champ que personne ne connaît |
        | rapport qui est une liste                     |
        | rapport long de 2 Mo                          |

      @cost.seconds
      Exemples: un rapport, suite
        | quoi                               |
        | rapport coupé                      |
        | rapport avec un demi-caractère     |
        | rapport vide                       |
        | rapport qui est un texte           |
        | rapport qui est null               |
        | rapport imbriqué 20000 fois        |
        | rapport avec 5000 chiffres         |
        | rapport d'un autre type de contenu |

      Exemples: un nouveau texte
        | quoi                                                |
        | nouveau texte avec un champ que personne ne connaît |
        | nouveau texte coupé                                 |
        | nouveau texte qui est une liste                     |

      @cost.seconds
      Exemples: un nouveau texte, suite
        | quoi                                                |
        | nouveau texte vide                                  |
        | nouveau texte qui est un texte                      |
        | nouveau texte qui est null                          |
        | nouveau texte avec un demi-caractère                |
        | nouveau texte avec 5000 chiffres                    |
        | nouveau texte long de 2 Mo                          |
        | nouveau texte imbriqué 20000 fois                   |
        | nouveau texte d'un autre type de contenu            |
