FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
COPY src/main src/main
RUN mvn -q -B -Dmaven.test.skip=true package

FROM eclipse-temurin:25-jre
COPY --from=build /build/target/lib /opt/my-xds/lib
COPY --from=build /build/target/my-xds.jar /opt/my-xds/
# The configuration directory is mounted at /etc/my-xds/config: "config" in the working directory.
WORKDIR /etc/my-xds
# What was published last is kept here: a volume makes it survive the container.
ENV MYXDS_STATE=/var/lib/my-xds
RUN mkdir -m 0700 /var/lib/my-xds && chown 10001:10001 /var/lib/my-xds
VOLUME /var/lib/my-xds
USER 10001:10001
EXPOSE 9001 9002 9003
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-Xms24m", "-jar", "/opt/my-xds/my-xds.jar"]
CMD ["serve"]
