# language: fr
Fonctionnalité: Délais de développement invalides
  En développement, un en-tête prolonge un calcul, pour que l'on voie ce qui l'attend. Une valeur qui n'est pas un nombre
  de millisecondes est refusée aussitôt, et rien n'est calculé.

  @LR-8
  Règle: Un délai qui n'est pas un nombre de millisecondes est refusé, et rien n'est calculé

    Plan du scénario: un délai : <délai>
      Étant donné qu'Ada a un thème natal
      Quand Ada envoie un délai : <délai>
      Alors Ada apprend que le champ "X-Dev-Delay-Ms" est incorrect
      Et il y a eu 0 calculs pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | délai         |
        | rien          |
        | -1            |
        | 60001         |
        | 1e3           |
        | 0x10          |
        | 1.5           |
        | bientôt       |
        | 5000 chiffres |
        | un exposant   |

    Scénario: hors développement, personne ne le lit
      Étant donné un serveur dont l'environnement est "production"
      Et qu'Ada a un thème natal
      Quand Ada envoie un délai : bientôt
      Alors Ada reçoit une révolution qui a commencé
      Et il y a eu 1 génération pour Ada
      Et rien d'autre n'a changé
