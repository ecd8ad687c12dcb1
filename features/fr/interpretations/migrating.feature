# language: fr
Fonctionnalité: Migrer depuis la première version
  La première version a laissé 1 728 textes, écrits en un an par des personnes et des modèles, avec toutes sortes de
  caractères. L'exploitant doit pouvoir passer à la seconde version et en revenir, en pleine journée, et retrouver
  chaque octet.

  @LI-14 @both-databases @target.process
  Règle: La montée garde une sauvegarde, la descente rend tout, et aucun octet d'aucun texte ne change

    Scénario: monter
      Étant donné un serveur dont la base contient les textes de la première version
      Quand l'exploitant lance "db upgrade"
      Alors la commande se termine avec le code 0
      Et elle dit "upgraded to "
      Et les textes de la première version sont là où ils étaient, dans la sauvegarde et dans les modèles
      Et rien d'autre n'a changé

    Scénario: monter et redescendre
      Étant donné un serveur dont la base contient les textes de la première version
      Et que l'exploitant lance "db upgrade"
      Quand l'exploitant lance "db downgrade 0008_lunar_v1"
      Alors la commande se termine avec le code 0
      Et elle dit "downgraded to 0008_lunar_v1"
      Et les textes de la première version sont là où ils étaient, et nulle part ailleurs
      Et rien d'autre n'a changé

    Scénario: monter, redescendre et remonter
      Étant donné un serveur dont la base a été migrée
      Et que l'exploitant lance "db downgrade 0008_lunar_v1"
      Quand l'exploitant lance "db upgrade"
      Alors la commande se termine avec le code 0
      Et les textes de la première version sont là où ils étaient, dans la sauvegarde et dans les modèles
      Et rien d'autre n'a changé

    Scénario: redescendre, après que quelqu'un a vidé la table de la première version
      Étant donné un serveur dont la base a été migrée, et a perdu ce que la première version a écrit
      Quand l'exploitant lance "db downgrade 0008_lunar_v1"
      Alors la commande se termine avec le code 0
      Et les textes de la première version sont là où ils étaient, et nulle part ailleurs
      Et rien d'autre n'a changé

    Scénario: un texte que la seconde version ne peut pas contenir
      Étant donné un serveur dont la base contient un texte de la première version en allemand
      Quand l'exploitant lance "db upgrade"
      Alors la commande se termine avec le code 64
      Et elle dit "in another language than fr and en: Leo 5 Virgo version 2 de"
      Et rien d'autre n'a changé

    Scénario: redescendre, là où Claude a écrit pour quelqu'un
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Quand l'exploitant lance "db downgrade 0008_lunar_v1"
      Alors la commande se termine avec le code 64
      Et elle dit "Going back removes what Claude wrote, which is nowhere else (texts: 1, of people: 1)"
      Et rien d'autre n'a changé

  @LI-14 @both-databases @target.process
  Règle: Une mise à niveau est faite en entier ou pas du tout, une seule fois, et personne de ceux qui sont servis ne le remarque

    Scénario: tuée à un moment après l'autre
      Étant donné un serveur dont la base contient les textes de la première version
      Quand la base est mise à niveau par des processus que l'on tue, l'un après l'autre
      Alors la commande se termine avec le code 0
      Et elle dit "after each kill all was as before"
      Et les textes de la première version sont là où ils étaient, dans la sauvegarde et dans les modèles
      Et rien d'autre n'a changé

    Scénario: deux en même temps
      Étant donné un serveur dont la base contient les textes de la première version
      Quand la base est mise à niveau par deux processus en même temps
      Alors la commande se termine avec le code 0
      Et elle dit "already at "
      Et elle dit "upgraded to "
      Et les textes de la première version sont là où ils étaient, dans la sauvegarde et dans les modèles
      Et rien d'autre n'a changé

    Scénario: sous un serveur de la version d'avant
      Étant donné un serveur dont la base a été migrée
      Quand la base est mise à niveau sous un serveur de la version d'avant
      Alors la commande se termine avec le code 0
      Et elle dit "no client saw an error"
      Et les textes de la première version sont là où ils étaient, dans la sauvegarde et dans les modèles
      Et rien d'autre n'a changé
