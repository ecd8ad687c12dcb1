# language: fr
Fonctionnalité: Quand Claude échoue
  Claude est le service d'autrui, de l'autre côté d'un réseau, et répond en quelques secondes au mieux. Quoi qu'il
  fasse, un lecteur a un texte en dix secondes, personne d'autre ne s'en aperçoit, et aucun appel n'est payé deux
  fois.

  @LI-6 @both-databases
  Règle: Un échec passager est tenté 3 fois en tout, un échec définitif ne l'est pas

    Plan du Scénario: Claude <échec>, puis va bien
      Étant donné que le service Claude <échec>
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit le texte écrit par Claude
      Et il y a eu <nombre> appels à Claude pour Ada
      Et rien d'autre n'a changé

      Exemples: une fois
        | échec               | nombre |
        | répond 500 une fois | 2      |
        | rompt une connexion | 2      |

      @cost.seconds
      Exemples: une fois, suite
        | échec               | nombre |
        | répond 408 une fois | 2      |
        | répond 409 une fois | 2      |
        | répond 529 une fois | 2      |

      @cost.seconds
      Exemples: deux fois
        | échec                         | nombre |
        | répond 429 deux fois          | 3      |
        | répond 503 deux fois          | 3      |
        | répond 529 deux fois          | 3      |
        | rompt deux connexions         | 3      |
        | coupe deux réponses au milieu | 3      |

    Plan du Scénario: Claude <échec>, et continue
      Étant donné que le service Claude <échec>
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit le modèle
      Et il y a eu 3 appels à Claude pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | échec      |
        | répond 529 |

      @cost.seconds
      Exemples: d'autres échecs passagers
        | échec                        |
        | répond 429                   |
        | répond 500                   |
        | répond 502                   |
        | rompt chaque connexion       |
        | coupe ses réponses au milieu |

    Plan du Scénario: Claude répond <statut>
      Étant donné que le service Claude répond <statut>
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit le modèle
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | statut       |
        | 400          |
        | 401          |
        | 307 une fois |

      @cost.seconds
      Exemples: suite
        | statut |
        | 403    |
        | 499    |
        | 404    |
        | 413    |

    Plan du Scénario: Claude demande une seconde de patience, par <statut>
      Étant donné que le service Claude répond <statut> pendant 1 seconde une fois
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit sa réponse en au moins 1 seconde
      Et Ada reçoit le texte écrit par Claude
      Et il y a eu 2 appels à Claude pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | statut |
        | 429    |
        | 529    |

    Scénario: Claude demande plus de patience qu'il n'y en a
      Étant donné que le service Claude répond 429 pendant 60 secondes
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit sa réponse en moins de 3 secondes
      Et Ada reçoit le modèle
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

  @LI-6 @both-databases
  Règle: Un lecteur est servi à temps, l'appel continue et est enregistré une fois

    Plan du Scénario: Claude <silence>
      Étant donné que le service Claude <silence>
      Et que l'option LUNAR_READER_WAIT_S vaut "0.3"
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit sa réponse en moins de 2 secondes
      Et Ada reçoit le modèle
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | silence                |
        | ne répond jamais       |
        | répond octet par octet |

    Scénario: l'appel finit à sa propre limite
      Étant donné que le service Claude ne répond jamais
      Et que l'option LUNAR_READER_WAIT_S vaut "0.3"
      Et que l'option LUNAR_CLAUDE_DEADLINE_S vaut "1"
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Quand Ada demande les métriques du serveur
      Alors Ada reçoit les métriques de 0 génération en cours

    Scénario: Claude est plus lent que le lecteur n'attend
      Étant donné que le service Claude retient ses réponses, et les lecteurs attendent 300 ms
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Et que le service Claude rend ce qu'il a retenu
      Quand Ada demande le rapport, une fois son texte enregistré
      Alors Ada reçoit le texte enregistré entre-temps
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé

    @cost.seconds
    Scénario: un second lecteur arrive pendant que l'appel du premier continue
      Étant donné que le service Claude retient ses réponses
      Et que l'option LUNAR_READER_WAIT_S vaut "2"
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Quand Ada demande le rapport, et Claude répond pendant l'attente
      Alors Ada reçoit le texte de l'appel qui a continué
      Et il y a eu 0 appel à Claude pour Ada

    Scénario: 10 lecteurs à la fois sont servis pendant qu'un appel continue
      Étant donné que le service Claude retient ses réponses, et les lecteurs attendent 300 ms
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport 10 fois en même temps
      Et que le service Claude rend ce qu'il a retenu
      Quand Ada demande le rapport, une fois son texte enregistré
      Alors Ada reçoit le texte enregistré entre-temps
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé
