# language: fr
Fonctionnalité: Un seul texte, quel que soit le nombre de demandes
  Un texte coûte de l'argent et prend des secondes. Un téléphone qu'on secoue envoie dix fois la même demande ; un
  seul appel à Claude suffit, et toutes reçoivent son texte.

  @LI-2 @both-databases
  Règle: Deux demandes du même texte reçoivent le même, d'une seule génération

    Scénario: l'une après l'autre
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Quand Ada demande le rapport
      Alors Ada reçoit le texte enregistré
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Scénario: trois sujets à la fois
      Étant donné que le service Claude met 300 ms
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande les rapports de trois sujets 4 fois en même temps
      Alors toutes les 12 sont acceptées
      Et il y a eu 3 appels à Claude pour Ada
      Et Ada reçoit un texte pour chaque sujet
      Et rien d'autre n'a changé

    Scénario: les deux langues à la fois
      Étant donné que le service Claude met 300 ms
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande les rapports dans les deux langues 4 fois en même temps
      Alors toutes les 8 sont acceptées
      Et il y a eu 2 appels à Claude pour Ada
      Et Ada reçoit un texte pour chaque sujet
      Et rien d'autre n'a changé

    Scénario: deux personnes au même thème natal ont chacune un texte
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Et que Grace a des révolutions lunaires
      Et qu'Ada demande le rapport
      Quand Grace demande le rapport
      Alors Grace reçoit le texte écrit par Claude
      Et il y a eu 1 appel à Claude pour Grace
      Et rien d'autre n'a changé

    Scénario: quelqu'un d'autre n'attend pas
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Et que Grace a des révolutions lunaires
      Et qu'Ada a un rapport en cours
      Quand Grace demande le rapport
      Alors Grace reçoit le texte écrit par Claude
      Et il y a eu 1 appel à Claude pour Grace
      Et la demande faite par Ada est satisfaite par le texte de Claude

    Scénario: un échec est partagé
      Étant donné que le service Claude répond 400 au bout de 300 ms
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport 20 fois en même temps
      Alors toutes les 20 sont acceptées
      Et il y a eu 1 appel à Claude pour Ada
      Et Ada reçoit le modèle, chaque fois
      Et rien d'autre n'a changé

  @LI-2 @both-databases @target.process
  Règle: 10 et 100 demandes à la fois font un seul appel et une seule ligne

    Plan du Scénario: <nombre> à la fois, <processus>
      Étant donné que le service Claude met 500 ms
      Et un serveur à <processus>
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport <nombre> fois en même temps
      Alors toutes les <nombre> sont acceptées
      Et il y a eu 1 appel à Claude pour Ada
      Et Ada reçoit le texte écrit par Claude, chaque fois
      Et rien d'autre n'a changé

      Exemples: un processus
        | nombre | processus   |
        | 10     | 1 processus |
        | 100    | 1 processus |

      @workers.2 @cost.seconds
      Exemples: deux processus
        | nombre | processus   |
        | 10     | 2 processus |
        | 100    | 2 processus |

    Plan du Scénario: <nombre> à la fois à chacun de deux serveurs qui partagent une base
      Étant donné que le service Claude met 500 ms
      Et 2 serveurs qui partagent une base
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande à chaque serveur le rapport <nombre> fois en même temps
      Alors toutes les <total> sont acceptées
      Et il y a eu 1 appel à Claude pour Ada
      Et Ada reçoit le texte écrit par Claude, chaque fois
      Et rien d'autre n'a changé

      Exemples:
        | nombre | total |
        | 5      | 10    |

      @cost.seconds
      Exemples: cent
        | nombre | total |
        | 50     | 100   |

    Scénario: 10 à la fois de quelqu'un qui n'a pas encore de révolutions
      Étant donné que le service Claude met 500 ms
      Et qu'Ada a un thème natal et pas encore de révolutions
      Quand Ada demande le rapport 10 fois en même temps
      Alors toutes les 10 sont acceptées
      Et il y a eu 1 appel à Claude pour Ada
      Et Ada reçoit le texte écrit par Claude, chaque fois
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé
